package dev.lockstep.definitions.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronTest {
  @ParameterizedTest
  @CsvSource({
    "'5', '[5]'",
    "'1,3-5', '[1, 3, 4, 5]'",
    "'*/20', '[0, 20, 40]'",
    "'10-20/5,59', '[10, 15, 20, 59]'",
    "'50/4', '[50, 54, 58]'",
  })
  void readsMinutes(String field, String values) {
    assertThat(read(field + " * * * *").minutes()).hasToString(values);
  }

  @ParameterizedTest
  @CsvSource({"'0', '[0]'", "'7', '[0]'", "'5-7', '[0, 5, 6]'", "'Mon-WED,sat', '[1, 2, 3, 6]'"})
  void readsDaysOfTheWeek(String field, String values) {
    assertThat(read("0 0 * * " + field).days().get(0).weekdays()).hasToString(values);
  }

  @ParameterizedTest
  @CsvSource({"'0 0 29 2 *', true", "'0 0 30 2 *', false", "'0 0 31 4,6 *', false"})
  void knowsWhichDaysNeverCome(String cron, boolean comes) {
    assertThat(read(cron).everHolds()).isEqualTo(comes);
  }

  /** The weekday alone comes, since either will do. */
  @Test
  void aWeekdayBesideADayThatNeverComes() {
    assertThat(read("0 0 30 2 mon").everHolds()).isTrue();
  }

  @Test
  void saysEverythingThatIsWrong() {
    List<String> problems = new ArrayList<>();
    Cron.read("61 2 * oct-jan x", problems);

    assertThat(problems)
        .containsExactly(
            "has `61` as minute; wanted 0 to 59, a range such as A-B, a list such as A,B, a step"
                + " such as */N, or *",
            "has `oct-jan` as month; wanted 1 to 12 or jan to dec, a range such as A-B, a list such"
                + " as A,B, a step such as */N, or *",
            "has `x` as day of the week; wanted 0 to 7 or sun to sat, a range such as A-B, a list"
                + " such as A,B, a step such as */N, or *");
  }

  private static Cron read(String text) {
    List<String> problems = new ArrayList<>();
    Cron cron = Cron.read(text, problems);
    assertThat(problems).isEmpty();
    return cron;
  }
}
