package dev.lockstep.activities.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Makes and removes folders such that they outlive a loss of power. */
final class Folders {
  private Folders() {}

  /** Makes those that are missing, the names of all of them on the disk. */
  static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    @Nullable Path parent = folder.getParent();
    if (parent != null) {
      make(parent);
    }
    Files.createDirectories(folder);
    sync(parent);
  }

  /** Brings the names in a folder to the disk: Linux takes fsync(2) of what is opened to read. */
  static void sync(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return;
    }
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (NoSuchFileException e) {
      // Somebody removed it, empty.
    }
  }

  /** Removes a folder and those above it below {@code root}, as far as nothing is in them. */
  static void removeEmpty(@Nullable Path folder, Path root) throws IOException {
    @Nullable Path empty = folder;
    while (empty != null && !empty.equals(root)) {
      try {
        Files.deleteIfExists(empty);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
      empty = empty.getParent();
    }
  }
}
