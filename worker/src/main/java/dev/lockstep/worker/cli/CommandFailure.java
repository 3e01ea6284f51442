package dev.lockstep.worker.cli;

import java.util.List;

/** Ends a command with a message for people and an exit status. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** One line each. */
  CommandFailure(int exitCode, List<?> lines) {
    this(exitCode, String.join("\n", lines.stream().map(Object::toString).toList()));
  }

  int exitCode() {
    return exitCode;
  }
}
