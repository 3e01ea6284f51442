package dev.lockstep.worker.cli;

import java.io.PrintStream;

/** Says something where a signal such as Ctrl-C ends the process before this is closed. */
final class SignalNote implements AutoCloseable {
  private volatile boolean closed;

  private SignalNote() {}

  static SignalNote during(PrintStream messages, String text) {
    SignalNote note = new SignalNote();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!note.closed) {
                    // After the half line that a terminal shows.
                    messages.println();
                    messages.println(text);
                  }
                },
                "signal-note"));
    return note;
  }

  @Override
  public void close() {
    closed = true;
  }
}
