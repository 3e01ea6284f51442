package dev.lockstep.activities.storage;

import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.StorePlace.AccessKeys;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The access keys of services of AWS, and of those that speak like them. */
public final class AwsLogin {
  private AwsLogin() {}

  /**
   * The keys of a definition.
   *
   * @param keys absent: by the chain of the client library
   * @param secrets reads the halves, now
   */
  public static AwsCredentialsProvider of(
      Optional<AccessKeys> keys, Function<SecretReference, String> secrets) {
    return keys.<AwsCredentialsProvider>map(
            pair ->
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        secrets.apply(pair.accessKey()), secrets.apply(pair.secretKey()))))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }
}
