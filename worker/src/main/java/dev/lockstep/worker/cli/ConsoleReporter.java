package dev.lockstep.worker.cli;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Shows the progress of work that is done in this process, without a run. */
final class ConsoleReporter implements Reporter {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Console console;
  private final Instant began = Instant.now();
  private Instant shown = began;

  ConsoleReporter(Console console) {
    this.console = console;
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Duration elapsed() {
    return Duration.between(began, Instant.now());
  }

  @Override
  public void alive() {}

  @Override
  public synchronized void progress(Progress progress) {
    if (Duration.between(shown, Instant.now()).compareTo(EVERY) >= 0) {
      last(progress);
    }
  }

  @Override
  public synchronized void last(Progress progress) {
    shown = Instant.now();
    String share =
        progress.total() > 0
            ? String.format(Locale.ROOT, "%3d %%, ", 100 * progress.done() / progress.total())
            : "";
    console
        .messages()
        .println(
            "%s: %s%s, %s/s"
                .formatted(
                    progress.step(),
                    share,
                    Amounts.bytes(progress.done()),
                    Amounts.bytes((long) progress.perSecond())));
  }
}
