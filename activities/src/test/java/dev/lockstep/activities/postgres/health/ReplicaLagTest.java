package dev.lockstep.activities.postgres.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.postgres.health.ReplicaLag.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReplicaLagTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static Optional<String> worst(Replica... replicas) {
    return ReplicaLag.worst(List.of(replicas), LIMIT);
  }

  private static Replica replica(String state, long millis) {
    return new Replica("east", Optional.of(state), Optional.of(Duration.ofMillis(millis)));
  }

  @Test
  void theThreeThatAreFurthestBehindAreMeasured() {
    assertThat(
            ReplicaLag.measured(
                List.of(
                    new Replica("a", Optional.of("streaming"), Optional.of(Duration.ofMillis(2))),
                    new Replica("c", Optional.of("streaming"), Optional.of(Duration.ofMillis(1))),
                    replica("streaming", 9),
                    replica("streaming", 7),
                    new Replica("hidden", Optional.empty(), Optional.empty()),
                    new Replica("b", Optional.of("streaming"), Optional.of(Duration.ofMillis(5))))))
        .containsOnly(
            Map.entry("lag of replica east", 9L),
            Map.entry("lag of replica b", 5L),
            Map.entry("lag of replica a", 2L));
  }

  @Test
  void noReplicaIsNoConcern() {
    assertThat(worst()).isEmpty();
  }

  @Test
  void aReplicaWithinTheLimitIsNoConcern() {
    assertThat(worst(replica("streaming", 5000))).isEmpty();
  }

  @Test
  void aReplicaBehindTheLimitIsNamedWithBoth() {
    assertThat(worst(replica("streaming", 5001)))
        .contains("replica east is 5001 ms behind, limit 5000 ms");
  }

  @Test
  void aHiddenLagIsAConcern() {
    assertThat(worst(new Replica("pid 7", Optional.empty(), Optional.empty())))
        .contains("replica lag of pid 7 is hidden: grant pg_monitor to the role of Lockstep");
  }

  @Test
  void aReplicaThatDoesNotStreamYetIsAConcern() {
    assertThat(worst(new Replica("west", Optional.of("catchup"), Optional.empty())))
        .contains("replica west does not stream yet (catchup)");
  }

  @Test
  void theServersViewIsReadable() {
    try (SignalFixture fixture = new SignalFixture()) {
      assertThat(fixture.concern(new ReplicaLag(LIMIT))).isEmpty();
    }
  }
}
