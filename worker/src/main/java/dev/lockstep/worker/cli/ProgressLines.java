package dev.lockstep.worker.cli;

import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.contract.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Shows a run's status: one line that changes on a terminal, a line a change elsewhere. */
final class ProgressLines {
  /** Without a terminal, progress within the same step is worth a line this often. */
  private static final Duration REPEAT_EVERY = Duration.ofSeconds(5);

  /**
   * VT100: at the right edge the line is cut instead of wrapped; the rest of the line is erased.
   */
  private static final String OVERWRITE = "\r\u001b[?7l%s\u001b[K\u001b[?7h";

  private final PrintStream out;
  private final boolean terminal;
  private String shown = "";
  private String shownKey = "";
  private Instant shownAt = Instant.EPOCH;
  private String noted = "";

  ProgressLines(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(RunStatus status) {
    String line = StatusText.line(status);
    String key = status.state() + "/" + steps(status) + "/" + status.waitingFor();
    noted = "";
    if (terminal) {
      overwrite(line);
      return;
    }
    boolean due = Instant.now().isAfter(shownAt.plus(REPEAT_EVERY));
    if (!key.equals(shownKey) || (due && !line.equals(shown))) {
      out.println(line);
      remember(line, key);
    }
  }

  private static String steps(RunStatus status) {
    return status.together().isEmpty()
        ? status.step().toString()
        : status.together().stream().map(Progress::step).toList().toString();
  }

  /** Says something once, until a status is shown again. */
  void note(String line) {
    if (!line.equals(noted)) {
      end();
      out.println(line);
      noted = line;
    }
  }

  /** Leaves the line as it stands; the next output begins below. */
  void end() {
    if (terminal && !shown.isEmpty()) {
      out.println();
      shown = "";
    }
  }

  private void remember(String line, String key) {
    shown = line;
    shownKey = key;
    shownAt = Instant.now();
  }

  private void overwrite(String line) {
    if (!line.equals(shown)) {
      out.print(OVERWRITE.formatted(line));
      out.flush();
      remember(line, line);
    }
  }
}
