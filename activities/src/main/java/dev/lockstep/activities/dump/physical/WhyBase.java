package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.Link;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides whether a run takes a base or adds log to a chain; pure. */
final class WhyBase {
  private WhyBase() {}

  /**
   * Why a base is needed; empty: log can be added.
   *
   * @param chain base first, newest log last; empty: there is none
   * @param oldest how old the base may be
   */
  static Optional<String> of(List<DumpFacts> chain, LogServer server, Duration oldest) {
    if (chain.isEmpty()) {
      return Optional.of("there is none that log could be added to");
    }
    DumpFacts last = chain.get(chain.size() - 1);
    Link link = last.link().orElseThrow();
    Lsn end = end(last);
    if (!link.system().equals(server.system())) {
      return Optional.of(
          "the server is another one: its system identifier is %s, it was %s"
              .formatted(server.system(), link.system()));
    }
    if (link.timeline() != server.timeline() || link.segmentBytes() != server.segmentBytes()) {
      return Optional.of(
          "the log is another one: timeline %d in files of %d bytes, it was %d in files of %d"
              .formatted(
                  server.timeline(), server.segmentBytes(), link.timeline(), link.segmentBytes()));
    }
    if (server.position().compareTo(end) < 0) {
      return Optional.of(
          "the server's log is at %s, before %s, where the newest backup ends"
              .formatted(server.position(), end));
    }
    return slot(server, end).or(() -> age(chain.get(0), server, oldest));
  }

  static Lsn end(DumpFacts last) {
    return Lsn.parse(last.endPosition().orElseThrow());
  }

  private static Optional<String> slot(LogServer server, Lsn end) {
    if (server.slot().isEmpty()) {
      return Optional.of("the replication slot that keeps the log is not there any more");
    }
    LogServer.Slot slot = server.slot().get();
    if (slot.lost() || slot.keeps().isEmpty()) {
      return Optional.of("the replication slot has lost the log that it was to keep");
    }
    return slot.keeps()
        .filter(from -> from.compareTo(end) > 0)
        .map(
            from ->
                "the replication slot keeps the log from %s on, not from %s".formatted(from, end));
  }

  private static Optional<String> age(DumpFacts base, LogServer server, Duration oldest) {
    return base.snapshot().isBefore(server.now().minus(oldest))
        ? Optional.of("the newest one, of %s, is older than %s".formatted(base.snapshot(), oldest))
        : Optional.empty();
  }
}
