package dev.lockstep.worker.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The memory of the clock of this process: one JSON file. It is written beside its place, forced to
 * the disk and moved there, so that a crash leaves the old or the new one. A lock file keeps a
 * second process away.
 */
final class StateFile implements AutoCloseable {
  private final Path file;
  private final FileChannel lock;

  private StateFile(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Takes it for this process.
   *
   * @throws IOException where it cannot be written, or another process has it
   */
  static StateFile open(Path place) throws IOException {
    Path file = place.toAbsolutePath();
    Path folder = folder(file);
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (!isTaken(channel)) {
      channel.close();
      throw new IOException("another process runs schedules with " + file);
    }
    return new StateFile(file, channel);
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Path folder(Path file) {
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  /**
   * What was written last; empty at first.
   *
   * @throws IOException also where it is not of this form
   */
  SortedMap<String, KeptSchedule> read() throws IOException {
    if (!Files.exists(file)) {
      return new TreeMap<>();
    }
    try {
      return Wire.mapper()
          .readValue(Files.readString(file), new TypeReference<TreeMap<String, KeptSchedule>>() {});
    } catch (JsonProcessingException e) {
      throw new IOException(
          file
              + " is not a state of schedules ("
              + e.getOriginalMessage()
              + "); move it away to begin anew from now",
          e);
    }
  }

  void write(Map<String, KeptSchedule> state) throws IOException {
    Path folder = folder(file);
    Path fresh = folder.resolve(file.getFileName() + ".new");
    byte[] bytes = Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(state);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // The move itself is on the disk only with its folder.
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
