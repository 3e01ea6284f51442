package dev.lockstep.activities.storage;

import dev.lockstep.definitions.model.StorePlace;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Sets the client of S3 up such that servers of all makers understand it.
 *
 * <ul>
 *   <li>Checksums are in a header of the request, by CRC32, and the body is signed and sent as it
 *       is: servers that know checksums check it, and the others ignore it. The client's usual way
 *       (a trailer after a body in chunks) is refused, or stored as part of the object, by servers
 *       that do not know it. Answers are checked where they bring a checksum.
 *   <li>{@code Expect: 100-continue} is not sent: the JDK waits for an answer that some never give.
 * </ul>
 */
final class S3Clients {
  /** Between two bytes, also before the answer to a large part. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private S3Clients() {}

  static S3Client client(StorePlace.S3 place, AwsCredentialsProvider keys) {
    return AwsClients.set(S3Client.builder(), place.region(), place.endpoint(), SILENCE)
        .credentialsProvider(keys)
        .forcePathStyle(place.pathStyle())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_SUPPORTED)
        .serviceConfiguration(it -> it.chunkedEncodingEnabled(false).expectContinueEnabled(false))
        .build();
  }
}
