package dev.lockstep.activities.dump;

import java.time.Instant;
import java.util.Optional;

/**
 * What a physical backup adds to a chain. Where its log begins and ends stands in its facts; the
 * one that follows it begins where it ends.
 *
 * @param system identifier of the server's files, which a copy of them shares
 * @param timeline of the log, which changes with every promotion
 * @param segmentBytes length of one file of the log
 * @param until of a base: when it was complete, before which no moment can be restored; of log: up
 *     to when everything that was committed is in it. By the clock of the database
 * @param because why a base was taken; absent for log
 * @param stop the moment at which a restore stops; absent: at the end of the log. No manifest has
 *     one
 */
public record Link(
    Kind kind,
    String system,
    int timeline,
    long segmentBytes,
    Instant until,
    Optional<String> because,
    Optional<Instant> stop) {
  /** What it holds. */
  public enum Kind {
    /** The files of the server. */
    BASE,
    /** Files of the log. */
    LOG
  }

  /** The same where a restore stops at that moment. */
  Link stoppingAt(Instant moment) {
    return new Link(kind, system, timeline, segmentBytes, until, because, Optional.of(moment));
  }
}
