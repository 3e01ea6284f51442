package dev.lockstep.activities.storage;

import dev.lockstep.definitions.model.StorePlace;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Sets the client of S3 up such that servers of all makers understand it.
 *
 * <ul>
 *   <li>Checksums are in a header of the request, by CRC32, and the body is signed and sent as it
 *       is: servers that know checksums check it, and the others ignore it. The client's usual way
 *       (a trailer after a body in chunks) is refused, or stored as part of the object, by servers
 *       that do not know it. Answers are checked where they bring a checksum.
 *   <li>{@code Expect: 100-continue} is not sent: the JDK waits for an answer that some never give.
 *   <li>An address where nobody answers fails after three times {@link #CONNECT}; the engine then
 *       asks again, within the limits of the step.
 * </ul>
 */
final class S3Clients {
  static final Duration CONNECT = Duration.ofSeconds(4);

  /** Between two bytes, also before the answer to a large part. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  static final int ATTEMPTS = 3;

  private S3Clients() {}

  static S3Client client(StorePlace.S3 place, AwsCredentialsProvider keys) {
    S3ClientBuilder client =
        S3Client.builder()
            .region(Region.of(place.region()))
            .credentialsProvider(keys)
            .forcePathStyle(place.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_SUPPORTED)
            .serviceConfiguration(
                it -> it.chunkedEncodingEnabled(false).expectContinueEnabled(false))
            .overrideConfiguration(
                it ->
                    it.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(ATTEMPTS)
                            .build()))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(SILENCE));
    place.endpoint().map(URI::create).ifPresent(client::endpointOverride);
    return client.build();
  }
}
