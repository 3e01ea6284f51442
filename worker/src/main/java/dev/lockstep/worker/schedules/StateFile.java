package dev.lockstep.worker.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lockstep.activities.disk.ProcessLock;
import dev.lockstep.worker.disk.SafeFile;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final ProcessLock lock;

  private StateFile(Path file, ProcessLock lock) {
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
    ProcessLock lock =
        ProcessLock.take(folder.resolve(file.getFileName() + ".lock"))
            .orElseThrow(() -> new IOException("another process runs schedules with " + file));
    return new StateFile(file, lock);
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
    byte[] bytes = Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(state);
    SafeFile.replace(file, channel -> SafeFile.write(channel, bytes));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
