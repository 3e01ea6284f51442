package dev.lockstep.worker.server;

import java.util.Optional;

/** Whether a delivery comes from whom it should. */
sealed interface Verdict {
  /**
   * It does.
   *
   * @param id what the sender calls the delivery; absent: it has no name
   * @param bound a digest of what was signed, where the id was not: the same again is the same
   *     delivery under whatever id
   */
  record Proven(Optional<String> id, Optional<String> bound) implements Verdict {}

  /** It does not, or nobody can tell. */
  record Refused(Reason reason) implements Verdict {}

  /** Why it is refused. */
  enum Reason {
    /** Nothing that could be checked was sent. */
    UNSIGNED,
    /** What was sent is not right. */
    WRONG,
    /** It was right, but not now. */
    STALE
  }
}
