package dev.lockstep.worker.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells what happens, each line with the seconds since the start. */
final class DemoLog {
  private final PrintStream out;
  private final Instant started = Instant.now();

  DemoLog(PrintStream out) {
    this.out = out;
  }

  void say(String line) {
    double seconds = elapsed().toMillis() / 1000.0;
    out.println(String.format(Locale.ROOT, "%6.1fs  %s", seconds, line));
  }

  Duration elapsed() {
    return Duration.between(started, Instant.now());
  }
}
