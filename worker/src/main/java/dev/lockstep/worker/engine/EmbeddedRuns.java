package dev.lockstep.worker.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the embedded services of this user's processes listen, so that a second terminal can
 * control a run of the first. One file a process: its name is the process id, its content the
 * address.
 */
public final class EmbeddedRuns {
  private final Path directory;

  /**
   * Notes in that directory.
   *
   * @param directory created when first written to
   */
  public EmbeddedRuns(Path directory) {
    this.directory = directory;
  }

  /** Notes that this process serves at that address; the note is gone once it is closed. */
  public Note note(String address) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve(Long.toString(ProcessHandle.current().pid()));
      Files.writeString(file, address);
      return () -> Files.deleteIfExists(file);
    } catch (IOException e) {
      // Only the convenience of a second terminal is lost; --address still works.
      return () -> {};
    }
  }

  /** The addresses of processes that are alive; notes of dead ones are removed. */
  public List<String> addresses() {
    List<String> addresses = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return addresses;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        read(file).ifPresent(addresses::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
    return addresses;
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      if (alive(file)) {
        // Empty between the making of the file and the writing of its line.
        return Optional.of(Files.readString(file)).filter(address -> !address.isBlank());
      }
      Files.deleteIfExists(file);
    } catch (NoSuchFileException e) {
      // Its process has just ended in order.
    }
    return Optional.empty();
  }

  private static boolean alive(Path file) {
    try {
      return ProcessHandle.of(Long.parseLong(file.getFileName().toString()))
          .map(ProcessHandle::isAlive)
          .orElse(false);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** A note that is there until it is closed. */
  public interface Note extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
