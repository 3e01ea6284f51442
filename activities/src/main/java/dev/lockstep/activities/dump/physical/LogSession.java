package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.place.Pulse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The complete files of the log since the backup before, each a part of its name. */
final class LogSession implements DumpSession {
  private final Supplier<Handle> connections;
  private final Pulse pulse;
  private final DumpFacts facts;
  private final List<LogFile> files;
  private final AutoCloseable all;

  /**
   * Nothing is read yet.
   *
   * @param connections a new one for each file
   * @param all what is closed with the session
   */
  LogSession(
      Supplier<Handle> connections,
      Pulse pulse,
      DumpFacts facts,
      List<LogFile> files,
      AutoCloseable all) {
    this.connections = connections;
    this.pulse = pulse;
    this.facts = facts;
    this.files = List.copyOf(files);
    this.all = all;
  }

  @Override
  public DumpFacts facts() {
    return facts;
  }

  @Override
  public List<Part> parts() {
    return files.stream().<Part>map(Read::new).toList();
  }

  @Override
  public DumpFacts end() {
    pulse.check();
    return facts;
  }

  @Override
  public void close() {
    Closing.quietly(all);
  }

  private final class Read implements Part {
    private final LogFile file;

    Read(LogFile file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public boolean compressed() {
      return false;
    }

    @Override
    public InputStream open() throws IOException {
      return new LogFileStream(connections.get(), file, pulse::check);
    }
  }
}
