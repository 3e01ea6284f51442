package dev.lockstep.activities.backup;

import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.StorePlace.AccessKeys;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.definitions.model.WrappingKey.AwsKms;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** Keys of whatever speaks like AWS KMS. */
abstract class AwsKmsContract extends KeyServiceContract {
  static final String REGION = "eu-west-3";
  private static final String NOBODY = "http://127.0.0.1:9";

  /** Where it is. */
  protected abstract String endpoint();

  @Override
  protected WrappingKey newKey() {
    return key(asked(kms -> kms.createKey().keyMetadata().arn()));
  }

  @Override
  protected WrappingKey unfitKey() {
    return key(
        asked(
            kms ->
                kms.createKey(it -> it.keySpec(KeySpec.RSA_2048).keyUsage(KeyUsageType.SIGN_VERIFY))
                    .keyMetadata()
                    .arn()));
  }

  @Override
  protected WrappingKey noKey() {
    return key(UUID.randomUUID().toString());
  }

  @Override
  protected WrappingKey forbidden(WrappingKey key) {
    return with(endpoint(), (AwsKms) key, "testbed-forbidden");
  }

  @Override
  protected WrappingKey away(WrappingKey key) {
    return with(NOBODY, (AwsKms) key, "testbed");
  }

  @Override
  protected void withdraw(WrappingKey key) {
    asked(kms -> kms.disableKey(it -> it.keyId(((AwsKms) key).keyId())));
  }

  @Override
  protected String secret(SecretReference reference) {
    String name = ((SecretReference.Variable) reference).name();
    return name.equals("SECRET") ? SECRET : name;
  }

  private AwsKms key(String keyId) {
    return with(
        endpoint(), new AwsKms(keyId, REGION, Optional.empty(), Optional.empty()), "testbed");
  }

  private static AwsKms with(String endpoint, AwsKms key, String login) {
    AccessKeys keys =
        new AccessKeys(new SecretReference.Variable(login), new SecretReference.Variable("SECRET"));
    return new AwsKms(key.keyId(), key.region(), Optional.of(endpoint), Optional.of(keys));
  }

  private <T> T asked(Function<KmsClient, T> question) {
    try (KmsClient kms =
        KmsClient.builder()
            .region(Region.of(REGION))
            .endpointOverride(URI.create(endpoint()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("testbed", SECRET)))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return question.apply(kms);
    }
  }
}
