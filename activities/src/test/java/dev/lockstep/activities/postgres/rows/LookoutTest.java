package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.postgres.health.HealthSignal;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

final class LookoutTest {
  private static final String LOOKING = "health of the database is being looked at";

  private final CountDownLatch answer = new CountDownLatch(1);

  @Test
  void aLookThatHangsHoldsTheWorkAndNotTheReports() {
    try (RowsFixture fixture = RowsFixture.withPeople(100)) {
      CompletableFuture<StepOutcome> fill = fillBehindAHangingLook(fixture);
      assertThat(fixture.reporter.reasons()).contains(LOOKING);
      assertThat(fixture.count("SELECT count(\"full\") FROM people")).isZero();

      answer.countDown();

      assertThat(fill).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  @Test
  void aStepWhoseLookHangsIsCancelled() {
    try (RowsFixture fixture = RowsFixture.withPeople(100)) {
      CompletableFuture<StepOutcome> fill = fillBehindAHangingLook(fixture);

      fixture.reporter.cancel();

      assertThatThrownBy(fill::join).hasCauseInstanceOf(ActivityCanceledException.class);
      assertThat(fixture.count("SELECT count(\"full\") FROM people")).isZero();
      answer.countDown();
    }
  }

  private CompletableFuture<StepOutcome> fillBehindAHangingLook(RowsFixture fixture) {
    fixture.signals.add(new Hanging());
    CompletableFuture<StepOutcome> fill =
        CompletableFuture.supplyAsync(() -> fixture.fill(RowsFixture.filling("first")));
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> fixture.reporter.told().size() > 3);
    return fill;
  }

  private final class Hanging implements HealthSignal {
    @Override
    public String name() {
      return "hanging";
    }

    @Override
    public Optional<String> concern(Handle handle) {
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    }
  }
}
