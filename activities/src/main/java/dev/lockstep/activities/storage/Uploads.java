package dev.lockstep.activities.storage;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;

/** Writes a small object by an upload. */
final class Uploads {
  private Uploads() {}

  /**
   * Writes and completes it.
   *
   * @throws ApplicationFailure what the upload says by {@link IOException}
   */
  static void put(Upload upload, byte[] bytes) {
    try (upload) {
      upload.write(bytes);
      upload.complete();
    } catch (IOException e) {
      throw StorageFaults.cause(e, ApplicationFailure.class)
          .orElseGet(() -> Faults.failure(FaultCode.INTERNAL_ERROR, e.toString(), ""));
    }
  }
}
