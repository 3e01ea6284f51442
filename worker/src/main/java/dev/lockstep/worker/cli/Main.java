package dev.lockstep.worker.cli;

/** Starts the command. */
public final class Main {
  private Main() {}

  /** Ends the process with the exit status of the command. */
  public static void main(String[] arguments) {
    System.exit(CommandLines.create(Console.ofProcess()).execute(arguments));
  }
}
