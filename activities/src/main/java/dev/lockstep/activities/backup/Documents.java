package dev.lockstep.activities.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The small objects in JSON beside the data. */
final class Documents {
  /** A manifest of a hundred thousand tables has about 40 MiB. */
  private static final int LARGEST = 256 << 20;

  private Documents() {}

  /**
   * Reads one.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code BACKUP_DAMAGED} where its bytes are not
   *     those that this version writes, {@code BACKUP_UNKNOWN} where another version wrote it
   */
  static <T> T read(ObjectStore store, String key, Class<T> type) {
    byte[] bytes = bytes(store, key);
    try {
      JsonNode tree = Wire.mapper().readTree(bytes);
      int version = tree.path("version").asInt();
      if (version != Manifest.VERSION) {
        throw Damage.failure(
            FaultCode.BACKUP_UNKNOWN,
            "%s has version %s, and only version %d is known here: a newer Lockstep wrote it."
                .formatted(key, tree.path("version"), Manifest.VERSION));
      }
      T value = Wire.read(tree, type);
      if (!Arrays.equals(write(value), bytes)) {
        throw Damage.of(key, "it is not as it was written");
      }
      return value;
    } catch (IOException | IllegalArgumentException e) {
      throw Damage.of(key, "it is not the JSON that was written");
    }
  }

  static byte[] write(Object value) {
    try {
      return Wire.mapper().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for " + value.getClass().getName(), e);
    }
  }

  /**
   * Writes an object that must not be there yet. A client that sent it twice, since the first
   * answer was lost, finds its own: that is no conflict.
   */
  static void writeOnce(ObjectStore store, String key, byte[] bytes) {
    try {
      store.put(key, bytes, Existing.REFUSED);
    } catch (ApplicationFailure e) {
      if (!Damage.is(e, FaultCode.OBJECT_EXISTS) || !Arrays.equals(bytes, bytes(store, key))) {
        throw e;
      }
    }
  }

  static byte[] bytes(ObjectStore store, String key) {
    try (InputStream content = store.open(key)) {
      byte[] bytes = content.readNBytes(LARGEST);
      if (bytes.length == LARGEST) {
        throw Damage.of(key, "it is longer than " + LARGEST + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw Damage.behind(
          e, FaultCode.SERVER_UNREACHABLE, key + " cannot be read from " + store.describe());
    }
  }
}
