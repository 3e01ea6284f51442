package dev.lockstep.worker.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes. The last thing on {@code output} is the result; everything else
 * goes to {@code messages}.
 *
 * @param terminal whether {@code messages} is a terminal, so that a line may be overwritten
 */
record Console(InputStream input, PrintStream output, PrintStream messages, boolean terminal) {
  @SuppressWarnings("SystemConsoleNull") // jdk.console below makes it null without a terminal
  static Console ofProcess() {
    // From Java 22 on, the default console is there without a terminal, too; this one is not.
    System.setProperty("jdk.console", "java.base");
    return new Console(
        System.in,
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        System.console() != null);
  }
}
