package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.KmsChecks;
import dev.lockstep.definitions.check.StoreChecks;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.StorePlace.AccessKeys;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.definitions.model.WrappingKey.AwsKms;
import dev.lockstep.definitions.model.WrappingKey.Transit;
import java.util.Optional;

/** The fields of a key of a key management service. No message repeats what may be a secret. */
final class KmsTable {
  private static final String DEFAULT_MOUNT = "transit";

  private KmsTable() {}

  static Shape<WrappingKey> kms() {
    ObjectShape.Builder<WrappingKey> of =
        ObjectShape.of(
            "Kms", "A key of a key management service, which wraps the data key of each backup.");
    Field<WrappingKey, AwsKms> aws = of.optional("aws", aws(), Narrowing.to(AwsKms.class));
    Field<WrappingKey, Transit> vault = of.optional("vault", vault(), Narrowing.to(Transit.class));
    return of.forms(Forms.oneOf("aws", "vault"))
        .quiet()
        .made(
            in ->
                in.maybe(aws)
                    .<WrappingKey>map(found -> found)
                    .or(() -> in.maybe(vault))
                    .orElseThrow());
  }

  /** The key where it is one of a service. */
  static Optional<WrappingKey> service(WrappingKey key) {
    return Optional.of(key).filter(any -> !(any instanceof SecretReference));
  }

  private static Shape<AwsKms> aws() {
    ObjectShape.Builder<AwsKms> of =
        ObjectShape.of("AwsKms", "A symmetric key of AWS KMS, for encryption and decryption.");
    Field<AwsKms, String> keyId =
        of.required(
            "keyId",
            TextShape.of(KmsChecks.AWS_KEY_WANTED)
                .hinting(KmsChecks.AWS_KEY)
                .described("Id or ARN of the key, or alias/NAME, or the ARN of an alias."),
            AwsKms::keyId);
    Field<AwsKms, String> region =
        of.required(
            "region",
            TextShape.of("the name of a region, such as eu-west-3")
                .hinting(StoreChecks.REGION)
                .described("Its region."),
            AwsKms::region);
    Field<AwsKms, String> endpoint =
        of.optional(
            "endpoint",
            StoreTexts.endpoint("Left out: that of AWS for the region."),
            AwsKms::endpoint);
    Field<AwsKms, AccessKeys> keys =
        of.optional("credentials", AccessKeysTable.keys(), AwsKms::keys);
    return of.made(
        in -> new AwsKms(in.the(keyId), in.the(region), in.maybe(endpoint), in.maybe(keys)));
  }

  private static Shape<Transit> vault() {
    ObjectShape.Builder<Transit> of =
        ObjectShape.of(
            "Vault",
            "A key of the transit engine of HashiCorp Vault or OpenBao, of a type that takes"
                + " associated data, such as aes256-gcm96.");
    Field<Transit, String> address =
        of.required(
            "address",
            StoreTexts.endpoint("Requests go under /v1/ of it; redirects are not followed."),
            Transit::address);
    Field<Transit, String> mount =
        of.defaulting(
            "mount",
            TextShape.of("the path of the engine, such as transit")
                .hinting(KmsChecks.VAULT_PATH)
                .described("Path of the transit engine."),
            DEFAULT_MOUNT,
            Transit::mount);
    Field<Transit, String> key =
        of.required(
            "key",
            TextShape.of("the name of a key")
                .hinting(KmsChecks.VAULT_KEY)
                .described("Name of the key. It has to be there already."),
            Transit::key);
    Field<Transit, SecretReference> token =
        of.required(
            "token",
            SecretReferenceTable.reference()
                .described("A token of Vault. It is read anew for each step of a run."),
            Transit::token);
    Field<Transit, String> namespace =
        of.optional(
            "namespace",
            TextShape.of("the path of a namespace, such as teams/shop")
                .hinting(KmsChecks.VAULT_PATH)
                .described("The namespace of the engine."),
            Transit::namespace);
    Field<Transit, SecretReference> ca =
        of.optional(
            "ca",
            SecretReferenceTable.reference()
                .described(
                    "Certificates in PEM, one of which signs that of the server; left out: those"
                        + " that Java trusts."),
            Transit::ca);
    return of.quiet()
        .made(
            in ->
                new Transit(
                    in.the(address),
                    in.the(mount),
                    in.the(key),
                    in.the(token),
                    in.maybe(namespace),
                    in.maybe(ca)));
  }
}
