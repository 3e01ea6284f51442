package dev.lockstep.activities.postgres.observe;

/** An expression that cannot be used, for a reason that the server has no words for. */
final class ExpressionRefusedException extends RuntimeException {
  private final String reason;

  ExpressionRefusedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
