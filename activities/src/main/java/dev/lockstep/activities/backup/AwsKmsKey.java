package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.AwsClients;
import dev.lockstep.definitions.model.WrappingKey;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/**
 * Wraps with a key of AWS KMS. Backup and id are its encryption context, so that they stand in the
 * trail of the service, and its policies can ask for them.
 */
final class AwsKmsKey implements KeyWrapper {
  private static final String ALIAS = "alias/";
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final WrappingKey.AwsKms definition;
  private final KmsClient client;
  private final AwsKmsFaults faults;

  static AwsKmsKey open(WrappingKey.AwsKms definition, AwsCredentialsProvider login, String store) {
    KmsClient client =
        AwsClients.set(KmsClient.builder(), definition.region(), definition.endpoint(), SILENCE)
            .credentialsProvider(login)
            .build();
    return new AwsKmsKey(definition, client, store);
  }

  private AwsKmsKey(WrappingKey.AwsKms definition, KmsClient client, String store) {
    this.definition = definition;
    this.client = client;
    this.faults = new AwsKmsFaults(new KeyTrouble(store, name()));
  }

  @Override
  public String describe() {
    return name();
  }

  private String name() {
    return "the key %s of AWS KMS in %s".formatted(definition.keyId(), definition.region());
  }

  /** An alias may lead to any key. Replicas of a key in other regions have the same id. */
  @Override
  public boolean mayOpen(String wrappedBy) {
    return wrappedBy.contains(":kms:")
        && (definition.keyId().contains(ALIAS) || id(wrappedBy).equals(id(definition.keyId())));
  }

  @Override
  public WrappedKey wrap(byte[] key, Layout backup) {
    try {
      EncryptResponse answer =
          client.encrypt(
              it ->
                  it.keyId(definition.keyId())
                      .plaintext(SdkBytes.fromByteArray(key))
                      .encryptionContext(bound(backup)));
      return WrappedKey.of(answer.keyId(), answer.ciphertextBlob().asByteArray());
    } catch (SdkException e) {
      throw faults.failure(e);
    }
  }

  /** Names the key that the store has: who can write to the store must not choose another one. */
  @Override
  public byte[] unwrap(WrappedKey wrapped, Layout backup) throws GeneralSecurityException {
    byte[] ciphertext = wrapped.wrapped();
    try {
      return client
          .decrypt(
              it ->
                  it.keyId(definition.keyId())
                      .ciphertextBlob(SdkBytes.fromByteArray(ciphertext))
                      .encryptionContext(bound(backup)))
          .plaintext()
          .asByteArray();
    } catch (SdkException e) {
      faults.throwIfUnfit(e);
      throw faults.failure(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static Map<String, String> bound(Layout backup) {
    return Map.of("lockstep-backup", backup.backup(), "lockstep-id", backup.id());
  }

  private static String id(String keyId) {
    return keyId.substring(keyId.lastIndexOf('/') + 1);
  }
}
