package dev.lockstep.worker.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TrafficTest {
  private final Traffic traffic = new Traffic();

  @Test
  void requestsCountForThePhaseTheyEndedIn() {
    traffic.succeeded(Duration.ofMillis(2));
    traffic.enter("expand");
    traffic.succeeded(Duration.ofMillis(3));
    traffic.succeeded(Duration.ofMillis(3));

    assertThat(traffic.byPhase().keySet()).containsExactly("before", "expand");
    assertThat(traffic.byPhase().values().stream().map(Traffic.Summary::requests))
        .containsExactly(1L, 2L);
    assertThat(traffic.summary().requests()).isEqualTo(3);
    assertThat(traffic.bySecond().stream().mapToLong(Traffic.Summary::requests).sum()).isEqualTo(3);
  }

  @Test
  void aFailureIsARequestAndIsNamedWithItsPhase() {
    traffic.succeeded(Duration.ofMillis(2));
    traffic.enter("contract");
    traffic.failed("V1 read 'x' of row 7, written was 'y'");

    assertThat(traffic.summary().requests()).isEqualTo(2);
    assertThat(traffic.summary().failed()).isEqualTo(1);
    assertThat(traffic.byPhase().values().stream().map(Traffic.Summary::failed))
        .containsExactly(0L, 1L);
    assertThat(traffic.faults()).containsExactly("contract: V1 read 'x' of row 7, written was 'y'");
  }

  @Test
  void everyFailureCountsAndTheFirstTenAreTold() {
    for (int i = 0; i < 25; i++) {
      traffic.failed("fault " + i);
    }

    assertThat(traffic.summary().failed()).isEqualTo(25);
    assertThat(traffic.faults()).hasSize(10).first().isEqualTo("before: fault 0");
  }

  @Test
  void theSlowestRequestIsNotAveragedAway() {
    for (int i = 0; i < 999; i++) {
      traffic.succeeded(Duration.ofMillis(1));
    }
    traffic.succeeded(Duration.ofMillis(800));

    assertThat(traffic.summary().p50Millis()).isCloseTo(1, within(0.01));
    assertThat(traffic.summary().p99Millis()).isCloseTo(1, within(0.01));
    assertThat(traffic.summary().maxMillis()).isCloseTo(800, within(1.0));
  }
}
