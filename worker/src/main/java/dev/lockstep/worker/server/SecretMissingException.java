package dev.lockstep.worker.server;

/** A secret that cannot be read. The message names its place. */
final class SecretMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SecretMissingException(String message) {
    super(message);
  }
}
