package dev.lockstep.activities.postgres.health;

/** A signal that cannot be read, with a sentence for people that holds no secret. */
final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  enum Reason {
    /** Something is out of order now; the next look may be lucky. */
    FAILED,
    /** The role may not read it, or the server has no such thing: waiting changes nothing. */
    HIDDEN
  }

  UnreadableException(Reason reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  /** What only a grant would show. */
  static UnreadableException hidden(String what) {
    return new UnreadableException(
        Reason.HIDDEN, what + " is hidden: grant pg_monitor to the role of Lockstep");
  }

  static UnreadableException failed(String sentence) {
    return new UnreadableException(Reason.FAILED, sentence);
  }

  Reason reason() {
    return reason;
  }

  /** The sentence for people. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
