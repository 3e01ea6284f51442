package dev.lockstep.activities.storage;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** What the clients of all services of AWS have in common: where, and how patiently, they ask. */
public final class AwsClients {
  private static final Duration CONNECT = Duration.ofSeconds(4);

  /** An address where nobody answers fails after as many times {@link #CONNECT}. */
  private static final int ATTEMPTS = 3;

  private AwsClients() {}

  /**
   * Sets a client up; the engine asks again where it gives up, within the limits of the step.
   *
   * @param endpoint absent: that of AWS for the region
   * @param silence longest time between two bytes, also before an answer
   */
  public static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B set(
      B client, String region, Optional<String> endpoint, Duration silence) {
    client
        .region(Region.of(region))
        .overrideConfiguration(
            it ->
                it.retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build()))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(silence));
    endpoint.map(URI::create).ifPresent(client::endpointOverride);
    return client;
  }
}
