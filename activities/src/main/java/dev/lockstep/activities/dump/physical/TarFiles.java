package dev.lockstep.activities.dump.physical;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The archive of a base, unpacked: folders and files, for their owner alone. */
final class TarFiles {
  private TarFiles() {}

  /**
   * Unpacks it.
   *
   * @param archive read to its end, not closed
   * @throws ApplicationFailure {@code LOAD_FAILED} for what would lie elsewhere, or is neither a
   *     folder nor a file
   */
  static void unpack(InputStream archive, Path folder) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(archive);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path target = folder.resolve(entry.getName()).normalize();
      if (!target.startsWith(folder)) {
        throw wrong(entry, "would lie outside of " + folder);
      }
      if (entry.isDirectory()) {
        Files.createDirectories(target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
      } else if (isFile(entry)) {
        Files.createDirectories(target.getParent());
        Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
      } else {
        throw wrong(entry, "is neither a folder nor a file");
      }
    }
  }

  /** The library calls everything a file that is no folder. */
  private static boolean isFile(TarArchiveEntry entry) {
    byte kind = entry.getLinkFlag();
    return kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
  }

  private static ApplicationFailure wrong(TarArchiveEntry entry, String what) {
    return Faults.failure(
        FaultCode.LOAD_FAILED, "in the base, " + entry.getName() + " " + what, "");
  }
}
