package dev.lockstep.worker.demo.cluster;

/** A request that the API server answers with an error. */
final class Refusal extends RuntimeException {
  private final int status;
  private final String reason;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param reason as the API names it, such as {@code NotFound}
   */
  Refusal(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }
}
