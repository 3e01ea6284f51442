package dev.lockstep.activities.restore;

import dev.lockstep.activities.disk.ProcessLock;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That this process alone restores into a folder of this machine. It is a file in the folder for
 * temporary files: the one that is restored into may not be there yet.
 */
record FolderLock(Path file, ProcessLock lock) {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  /** Empty where another process has it, or another one of this process. */
  static Optional<FolderLock> take(String folder) {
    UUID name = UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8));
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "lockstep-" + name + ".lock");
    try {
      return ProcessLock.take(file).map(lock -> new FolderLock(file, lock));
    } catch (IOException e) {
      throw Faults.failure(FaultCode.LOAD_FAILED, "the lock of " + folder + ": " + e, "");
    }
  }

  void end() {
    try (lock) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.info("the file of a lock stays: {}", file, e);
    }
  }
}
