package dev.lockstep.activities.restore;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That this process alone restores into a folder of this machine. It is a file in the folder for
 * temporary files: the one that is restored into may not be there yet.
 */
record FolderLock(Path file, FileChannel channel) {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  /** Empty where another process has it, or another one of this process. */
  static Optional<FolderLock> take(String folder) {
    UUID name = UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8));
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "lockstep-" + name + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new FolderLock(file, channel));
    } catch (IOException e) {
      throw Faults.failure(FaultCode.LOAD_FAILED, "the lock of " + folder + ": " + e, "");
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      LOG.debug("this process has it", e);
      return false;
    }
  }

  void end() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.info("the file of a lock stays: {}", file, e);
    }
  }
}
