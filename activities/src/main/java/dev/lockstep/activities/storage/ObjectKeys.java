package dev.lockstep.activities.storage;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** What every kind of store takes as a key, and in which order keys stand. */
final class ObjectKeys {
  /** That of the services: by the bytes of UTF-8, which is not that of {@link String}. */
  static final Comparator<StoredObject> ORDER =
      Comparator.comparing(
          object -> object.key().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  /**
   * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">S3</a>; the
   * others have as much or more.
   */
  private static final int MOST_BYTES = 1024;

  private ObjectKeys() {}

  /**
   * Returns the key.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code STORE_REFUSED} where it is none
   */
  static String checked(String key) {
    boolean parts =
        Arrays.stream(key.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    boolean plain = key.chars().noneMatch(Character::isISOControl);
    if (!parts || !plain || key.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw Faults.failure(
          FaultCode.STORE_REFUSED,
          "\"%s\" is no key: at most %d bytes, parts between slashes that are neither empty nor . nor .."
              .formatted(key, MOST_BYTES),
          "");
    }
    return key;
  }
}
