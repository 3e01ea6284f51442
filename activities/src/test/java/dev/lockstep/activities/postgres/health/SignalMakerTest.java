package dev.lockstep.activities.postgres.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.HealthLimits.Autovacuum;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.plan.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

final class SignalMakerTest {
  private static final TableName PEOPLE = new TableName("public", "people");

  private final SignalFixture fixture = new SignalFixture();

  private HealthSignals make(Limits limits) {
    return new SignalMaker(fixture.databases.tokens()).make(limits, PEOPLE);
  }

  private static Limits everything(Autovacuum autovacuum) {
    HealthLimits health =
        new HealthLimits(
            Optional.of(ByteCount.ofMebibytes(1024)),
            Optional.of(new ByteRate(ByteCount.ofMebibytes(50))),
            Optional.of(Duration.ofMinutes(1)),
            Optional.of(1000),
            Optional.of(autovacuum),
            List.of(
                new Signal("own", new Signal.Query("SELECT 0"), 1),
                new Signal(
                    "far",
                    new Signal.Prometheus("http://127.0.0.1:1", "up", Optional.empty()),
                    1)));
    return new Limits(
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Optional.empty(),
        Optional.of(Duration.ofSeconds(5)),
        2,
        Optional.of(health),
        Optional.empty(),
        Optional.empty());
  }

  private static List<String> names(List<HealthSignal> signals) {
    return signals.stream().map(HealthSignal::name).toList();
  }

  @Test
  void withoutLimitsTheGentleDefaultsAreLookedAt() {
    try (fixture) {
      HealthSignals made = make(Limits.DEFAULT);

      assertThat(names(made.changing()))
          .containsExactly("WAL archive backlog", "vacuum of the table", "commit latency");
      assertThat(names(made.reading())).containsExactly("commit latency");
      assertThat(made.changing()).allMatch(ByDefault.class::isInstance);
      assertThat(made.reading()).allMatch(ByDefault.class::isInstance);
    }
  }

  @Test
  void whatOnlyReadsWaitsForSessionsCommitsAndTheUsersSignals() {
    try (fixture) {
      HealthSignals made = make(everything(Autovacuum.WAIT));

      assertThat(names(made.reading()))
          .containsExactly(
              "commit latency", "number of active sessions", "signal own", "signal far");
      assertThat(names(made.changing()))
          .containsExactly(
              "replica lag",
              "WAL archive backlog",
              "WAL rate",
              "vacuum of the table",
              "commit latency",
              "number of active sessions",
              "signal own",
              "signal far");
      assertThat(made.changing()).noneMatch(ByDefault.class::isInstance);
      assertThat(names(make(everything(Autovacuum.IGNORE)).changing()))
          .doesNotContain("vacuum of the table");
    }
  }

  @Test
  void theDefaultsAreSilentOnAQuietServerAndForARoleThatMayReadNothing() {
    try (fixture) {
      assertThat(concerns(make(Limits.DEFAULT), fixture.jdbi)).isEmpty();
      assertThat(concerns(make(Limits.DEFAULT), fixture.guest())).isEmpty();
    }
  }

  @Test
  void whatWasAskedForAndCannotBeReadHolds() {
    try (fixture) {
      List<String> concerns = concerns(make(everything(Autovacuum.WAIT)), fixture.guest());

      assertThat(concerns)
          .anyMatch(reason -> reason.startsWith("WAL archive backlog may not be read"))
          .anyMatch(reason -> reason.startsWith("commit latency may not be read"))
          .contains("signal far cannot be read: Prometheus does not answer")
          .noneMatch(reason -> reason.startsWith("signal own"));
    }
  }

  private static List<String> concerns(HealthSignals made, Jdbi jdbi) {
    Health health = new Health(made.changing(), System::nanoTime);
    health.look(jdbi);
    return health.concerns();
  }
}
