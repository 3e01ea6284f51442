package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.Link;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.dump.postgres.Opened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The log from the end of a chain to now.
 *
 * @param server as it was before
 */
record AddedLog(ServerLog log, List<DumpFacts> chain, LogServer server) {
  private static final String METHOD = "log";

  /** A file that is not there as it must be, though the slot is to keep it; empty: none. */
  Optional<String> gap() {
    Lsn whole = new Lsn(server.position().value() / server.segmentBytes() * server.segmentBytes());
    List<LogFile> files = files(whole);
    SortedMap<String, byte[]> headers = log.headers(files.stream().map(LogFile::name).toList());
    for (LogFile file : files) {
      byte @Nullable [] header = headers.get(file.name());
      Optional<String> difference =
          header == null ? Optional.of("is not there any more") : file.difference(header);
      if (difference.isPresent()) {
        return Optional.of("the file " + file.name() + " of the log " + difference.get());
      }
    }
    return Optional.empty();
  }

  /**
   * Begins to take it: what the store has already need not be kept any longer.
   *
   * @param all what is closed with the session
   */
  DumpSession session(Supplier<Handle> connections, Pulse pulse, Opened all) {
    log.keepFrom(begin());
    Instant until = log.now();
    Lsn end = log.finishFile(server.segmentBytes());
    List<LogFile> files = files(end);
    Link link =
        new Link(
            Link.Kind.LOG,
            server.system(),
            server.timeline(),
            server.segmentBytes(),
            until,
            Optional.empty(),
            Optional.empty());
    DumpFacts facts =
        facts(until, files.size() * server.segmentBytes())
            .withEndPosition(end.toString())
            .withLink(link);
    return new LogSession(connections, pulse, facts, files, all);
  }

  private Lsn begin() {
    return WhyBase.end(chain.get(chain.size() - 1));
  }

  private List<LogFile> files(Lsn end) {
    List<LogFile> files = new ArrayList<>();
    Lsn next = begin();
    while (next.compareTo(end) < 0) {
      files.add(new LogFile(server.system(), server.timeline(), server.segmentBytes(), next));
      next = next.plus(server.segmentBytes());
    }
    return files;
  }

  private DumpFacts facts(Instant until, long bytes) {
    return new DumpFacts(
        "postgresql",
        server.version(),
        "",
        METHOD,
        until,
        Optional.of(begin().toString()),
        Optional.empty(),
        bytes,
        new TreeMap<>());
  }
}
