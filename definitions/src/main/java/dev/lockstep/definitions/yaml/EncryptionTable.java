package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.WrappingKey;
import java.util.Optional;

/** The fields that say how the backups of a store are encrypted. */
final class EncryptionTable {
  private EncryptionTable() {}

  /** What a store says of its keys. */
  record Encryption(WrappingKey key, Optional<WrappingKey> previous) {
    static Optional<Encryption> of(Store store) {
      return store.encryptionKey().map(key -> new Encryption(key, store.previousKey()));
    }
  }

  static Shape<Encryption> encryption() {
    ObjectShape.Builder<Encryption> of =
        ObjectShape.of(
            "Encryption",
            "How backups are encrypted; left out: they are not. Whoever loses the key loses them.");
    Field<Encryption, SecretReference> key = of.optional("key", keyset(), it -> keyset(it.key()));
    Field<Encryption, WrappingKey> kms =
        of.optional("kms", KmsTable.kms(), it -> KmsTable.service(it.key()));
    Field<Encryption, WrappingKey> previous =
        of.optional("previous", previous(), Encryption::previous);
    return of.forms(Forms.oneOf("key", "kms"))
        .quiet()
        .made(
            in ->
                new Encryption(
                    in.maybe(key)
                        .<WrappingKey>map(found -> found)
                        .or(() -> in.maybe(kms))
                        .orElseThrow(),
                    in.maybe(previous)));
  }

  private static Shape<WrappingKey> previous() {
    ObjectShape.Builder<WrappingKey> of =
        ObjectShape.of(
            "PreviousKey",
            "What wrapped the data keys before: it opens them, until backups rewrap has wrapped them"
                + " with the key above.");
    Field<WrappingKey, SecretReference> key = of.optional("key", keyset(), EncryptionTable::keyset);
    Field<WrappingKey, WrappingKey> kms = of.optional("kms", KmsTable.kms(), KmsTable::service);
    return of.forms(Forms.oneOf("key", "kms"))
        .quiet()
        .made(
            in ->
                in.maybe(key)
                    .<WrappingKey>map(found -> found)
                    .or(() -> in.maybe(kms))
                    .orElseThrow());
  }

  private static Optional<SecretReference> keyset(WrappingKey key) {
    return Narrowing.<WrappingKey, SecretReference>to(SecretReference.class).apply(key);
  }

  private static Shape<SecretReference> keyset() {
    return SecretReferenceTable.reference()
        .described("A Tink keyset in JSON, which wraps the data key of each backup.");
  }
}
