package dev.lockstep.activities.storage;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import java.time.Duration;

/**
 * Sets the client of Azure up: an address where nobody answers fails after three times {@link
 * #CONNECT}; the engine then asks again, within the limits of the step.
 */
final class AzureClients {
  private static final Duration CONNECT = Duration.ofSeconds(4);

  /** Between two bytes, also before the answer to a large block. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int ATTEMPTS = 3;

  /** A large block takes long where the line is narrow: {@link #SILENCE} alone ends a request. */
  private static final Duration REQUEST = Duration.ofHours(6);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private AzureClients() {}

  /**
   * @throws io.temporal.failure.ApplicationFailure {@code CREDENTIALS_REFUSED} where the string is
   *     no connection string
   */
  static BlobContainerClient client(StorePlace.Azure place, String connectionString) {
    BlobContainerClientBuilder client =
        new BlobContainerClientBuilder()
            .containerName(place.container())
            .httpClient(
                new JdkHttpClientBuilder()
                    .connectionTimeout(CONNECT)
                    .responseTimeout(SILENCE)
                    .readTimeout(SILENCE)
                    .writeTimeout(SILENCE)
                    .build())
            .retryOptions(
                new RequestRetryOptions(
                    RetryPolicyType.EXPONENTIAL, ATTEMPTS, REQUEST, PAUSE, LONGEST_PAUSE, null));
    try {
      client.connectionString(connectionString);
      place.endpoint().ifPresent(client::endpoint);
      return client.buildClient();
    } catch (RuntimeException wrong) {
      // Not with its words: they quote the string.
      throw StorageFaults.failure(
          FaultCode.CREDENTIALS_REFUSED,
          "opening azure container " + place.container(),
          "its credentials are no connection string, or it names no endpoint");
    }
  }
}
