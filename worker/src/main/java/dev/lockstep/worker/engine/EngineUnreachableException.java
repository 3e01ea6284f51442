package dev.lockstep.worker.engine;

import java.nio.file.FileSystemException;
import java.util.regex.Pattern;

/** A Temporal service that does not answer. */
public final class EngineUnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * gRPC puts the stack trace of the last attempt into its message; its last cause is the reason.
   */
  private static final Pattern CAUSE = Pattern.compile("Caused by: [\\w.$]+: ([^\n]+)");

  EngineUnreachableException(String address, Throwable cause) {
    super(
        "no Temporal service answers at "
            + address
            + " ("
            + reason(cause)
            + "); give another one with --address, TEMPORAL_ADDRESS or a Temporal profile, or none"
            + " to run embedded",
        cause);
  }

  private static String reason(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = String.valueOf(deepest.getMessage());
    if (deepest instanceof FileSystemException) {
      return "cannot read " + message;
    }
    return CAUSE
        .matcher(message)
        .results()
        .map(match -> match.group(1))
        .reduce((first, last) -> last)
        .orElseGet(() -> message.lines().findFirst().orElse(""));
  }
}
