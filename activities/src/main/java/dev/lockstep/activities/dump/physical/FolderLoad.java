package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.Link;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a server in a folder.
 *
 * <ol>
 *   <li>The base is unpacked, the log laid beside it.
 *   <li>The server starts, and replays the log to its end, or to the moment that was asked for.
 *   <li>It is promoted, looked at and stopped; the log goes.
 * </ol>
 */
final class FolderLoad implements LoadSession {
  private final FolderServer server;
  private final DumpFacts facts;
  private final Pulse pulse;
  private final AtomicInteger files = new AtomicInteger();
  private volatile boolean recovers;

  /**
   * Begins with an empty folder.
   *
   * @param pulse closed with the session
   */
  FolderLoad(FolderServer server, DumpFacts facts, Pulse pulse) {
    this.server = server;
    this.facts = facts;
    this.pulse = pulse;
  }

  @Override
  public void load(String name, long bytes, InputStream content, List<String> tables)
      throws IOException {
    pulse.check();
    if (name.equals(BaseSession.PART)) {
      TarFiles.unpack(content, server.folder().path());
    } else {
      Files.copy(content, server.folder().log().resolve(name));
      files.incrementAndGet();
    }
  }

  @Override
  public void finish() {
    pulse.check();
    ServerFolder folder = server.folder();
    try {
      folder.prepare();
      ServerUser user = ServerUser.of(folder.path());
      user.own(folder.path());
      new RecoverySettings(server.programs(), link().stop()).write();
      user.own(folder.ours());
    } catch (IOException e) {
      throw folder.failed(e);
    }
    recovers = true;
    Optional<String> recovering =
        server.running(() -> server.ask("SELECT pg_is_in_recovery()"), Optional.of(pulse));
    if (!recovering.equals(Optional.of("f"))) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED,
          "the server in " + folder.path() + " did not end its recovery",
          "");
    }
    folder.forgetLog();
  }

  private Link link() {
    return facts.link().orElseThrow();
  }

  /** Which file of the log the server has fetched last. */
  @Override
  public Optional<String> state() {
    if (!recovers) {
      return Optional.empty();
    }
    String until = link().stop().map(moment -> " to " + moment).orElse(" to its end");
    return Optional.of("the server replays its log" + until + fetched());
  }

  private String fetched() {
    Path note = server.folder().ours().resolve(RecoverySettings.FETCHED);
    try {
      return Files.exists(note)
          ? ", now %s, of %d files".formatted(Files.readString(note).strip(), files.get())
          : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    pulse.close();
  }
}
