package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressLinesTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutATerminalALineIsForANewStepOrReason() {
    ProgressLines lines = new ProgressLines(out, false);

    lines.show(Statuses.backfilling(100));
    lines.show(Statuses.backfilling(101));
    lines.show(Statuses.backfilling(102, "a lock"));
    lines.show(Statuses.backfilling(103, "a lock"));
    lines.end();

    assertThat(shown().lines()).hasSize(2).first().asString().contains("100 of 1,000");
    assertThat(shown()).contains("waiting for a lock").doesNotContain("\u001b");
  }

  @Test
  void onATerminalTheLineIsOverwritten() {
    ProgressLines lines = new ProgressLines(out, true);

    lines.show(Statuses.backfilling(100));
    lines.show(Statuses.backfilling(100));
    lines.show(Statuses.backfilling(200));

    assertThat(shown()).doesNotContain("\n").contains("100 of", "200 of");
    assertThat(shown().chars().filter(it -> it == '\r')).hasSize(2);
  }

  @Test
  void theEndLeavesTheLineAndBeginsANewOne() {
    ProgressLines lines = new ProgressLines(out, true);

    lines.show(Statuses.backfilling(100));
    lines.end();
    lines.end();

    assertThat(shown()).containsOnlyOnce("\n").endsWith("\n");
  }

  @Test
  void aNoteIsSaidOnceUntilAStatusIsThereAgain() {
    ProgressLines lines = new ProgressLines(out, false);

    lines.note("no worker answers");
    lines.note("no worker answers");
    lines.show(Statuses.backfilling(100));
    lines.note("no worker answers");

    assertThat(shown().lines().filter(line -> line.equals("no worker answers"))).hasSize(2);
  }
}
