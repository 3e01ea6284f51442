package dev.lockstep.activities.restore;

import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.io.InputStream;

/** Small objects. */
final class Stored {
  private Stored() {}

  static byte[] bytes(ObjectStore store, String key) {
    try (InputStream content = store.open(key)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw Faults.failure(
          FaultCode.SERVER_UNREACHABLE,
          key + " cannot be read from " + store.describe() + ": " + e.getMessage(),
          "");
    }
  }
}
