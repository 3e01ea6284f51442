package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.Schedule.Blackout;
import dev.lockstep.definitions.model.Schedule.TimeOfDay;
import dev.lockstep.definitions.model.Subject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedules, written and read back. */
final class ScheduleWriterTest {
  @ParameterizedTest
  @EnumSource
  void everyOverlapReadsBackEqual(Schedule.Overlap overlap) {
    assertReadsBack(
        new Schedule(
            "s",
            new Subject(Subject.Kind.BACKUP, "b"),
            new Schedule.Cron("*/5 1-3 * jan mon"),
            "Europe/Paris",
            Duration.ofMinutes(5),
            overlap,
            Duration.ofMinutes(30),
            true,
            Optional.of("month end"),
            List.of(
                new Blackout(
                    new TimeOfDay(22, 5),
                    new TimeOfDay(24, 0),
                    List.of(DayOfWeek.FRIDAY, DayOfWeek.SUNDAY)),
                new Blackout(new TimeOfDay(0, 0), new TimeOfDay(1, 0), List.of()))));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RESTORE")
  void everyKindReadsBackEqual(Subject.Kind kind) {
    assertReadsBack(plain(kind));
  }

  @Test
  void whatIsNotSaidIsNotWritten() {
    assertThat(DefinitionWriter.write(List.of(plain(Subject.Kind.DRILL))))
        .contains("Drill", "every")
        .doesNotContain("timeZone", "jitter", "overlap", "catchUp", "paused", "note", "blackout");
  }

  private static Schedule plain(Subject.Kind kind) {
    return new Schedule(
        "s",
        new Subject(kind, "b"),
        new Schedule.Every(Duration.ofHours(6)),
        Schedule.DEFAULT_ZONE,
        Duration.ZERO,
        Schedule.Overlap.SKIP,
        Schedule.DEFAULT_CATCH_UP,
        false,
        Optional.empty(),
        List.of());
  }

  private static void assertReadsBack(Schedule schedule) {
    String written = DefinitionWriter.write(List.of(schedule));
    Reading reading = DefinitionReader.read(List.of(Source.ofText("written", written)));
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.definitions()).containsExactly(schedule);
  }
}
