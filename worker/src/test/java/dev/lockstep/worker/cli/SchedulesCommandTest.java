package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.schedules.ScheduleRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no service of schedules; the rest is tried on a real one. */
final class SchedulesCommandTest {
  @TempDir private Path folder = Path.of("");
  private final Terminal terminal = new Terminal("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "setup",
        "schedules list",
        "schedules pause nightly",
        "schedules resume nightly",
        "schedules trigger nightly",
        "schedules acknowledge nightly",
        "schedules backfill nightly --from 2026-11-01T00:00:00Z --to 2026-11-02T00:00:00Z"
      })
  void withoutAServiceNothingIsAsked(String words) {
    assertThat(terminal.run(words.split(" "))).isEqualTo(2);
    assertThat(terminal.messages()).contains("--address", "TEMPORAL_ADDRESS");
  }

  @Test
  void aServiceThatDoesNotAnswerIsTold() {
    assertThat(terminal.run("schedules", "list", "--address", "127.0.0.1:1")).isEqualTo(4);
  }

  @Test
  void anEmbeddedEngineKeepsNoSchedules() throws IOException {
    try (EmbeddedTemporal service = EmbeddedTemporal.start()) {
      assertThat(terminal.run("schedules", "list", "--address", service.address())).isEqualTo(2);
      assertThat(terminal.messages()).contains("lockstep schedules run");
      assertThat(terminal.run("setup", file("33-schedule"), "--address", service.address()))
          .isEqualTo(2);
      assertThat(terminal.messages()).contains("is an embedded engine");
    }
  }

  @Test
  void theClockNeedsASchedule() throws IOException {
    assertThat(terminal.run("schedules", "run", file("03-drop-column"))).isEqualTo(2);
    assertThat(terminal.messages()).contains("the files hold no Schedule");
  }

  @Test
  void theListSaysWhatSomebodyShouldLookAt() {
    Instant night = Instant.parse("2026-11-27T02:00:00Z");
    ScheduleRow bad =
        new ScheduleRow(
            "nightly",
            "backup/shop",
            false,
            Optional.empty(),
            List.of(night.plusSeconds(86_400)),
            List.of(new ScheduleRow.Run(night, night, "succeeded")),
            1,
            7,
            2,
            1);
    ScheduleRow paused =
        new ScheduleRow(
            "weekly",
            "drill/shop",
            true,
            Optional.of("month end"),
            List.of(),
            List.of(),
            0,
            0,
            0,
            0);

    assertThat(SchedulesList.text(SchedulesList.Result.of(List.of(bad, paused))))
        .isEqualTo(
            """
            nightly: backup/shop, running
              next  2026-11-28T02:00:00Z
              last  2026-11-27T02:00:00Z  succeeded
            weekly: drill/shop, paused: month end
            ! nightly: 2 missed, because nothing could start them within catchUp
            ! nightly: 1 skipped, because the run before was still under way
            """);
    assertThat(SchedulesList.text(SchedulesList.Result.of(List.of())))
        .isEqualTo("there is no schedule of lockstep in this namespace\n");
  }

  private String file(String example) throws IOException {
    Path file = folder.resolve("definition.yaml");
    Files.writeString(file, Examples.named(example + ".yaml").text());
    return file.toString();
  }
}
