package dev.lockstep.deploy.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SeriesTest {
  @Test
  void medianOfAnOddNumberIsTheOneInTheMiddle() {
    assertThat(new Series(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
  }

  @Test
  void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(new Series(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
  }

  @Test
  void knowsItsEnds() {
    Series series = new Series(List.of(4.0, 1.0, 2.0));
    assertThat(series.min()).isEqualTo(1);
    assertThat(series.max()).isEqualTo(4);
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    Series slowingMachine = new Series(List.of(100.0, 50.0, 20.0));
    assertThat(slowingMachine.against(new Series(List.of(50.0, 25.0, 10.0))).values())
        .containsExactly(2.0, 2.0, 2.0);
  }

  @Test
  void whereRoundsAreMissingTheMediansAreCompared() {
    Series three = new Series(List.of(100.0, 50.0, 20.0));
    assertThat(three.against(new Series(List.of(25.0))).values()).containsExactly(2.0);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(() -> new Series(List.of())).hasMessage("no values");
  }
}
