package dev.lockstep.worker.cli;

/** Starts the command. */
public final class Main {
  private Main() {}

  /** Ends the process with the exit status of the command. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Uncaught, an error would end the process with 1, which says that everything is as before. */
  private static int execute(String... arguments) {
    try {
      return CommandLines.create(Console.ofProcess()).execute(arguments);
    } catch (Error e) {
      System.err.println("lockstep: internal error: " + e);
      return ExitCode.NEEDS_PERSON;
    }
  }
}
