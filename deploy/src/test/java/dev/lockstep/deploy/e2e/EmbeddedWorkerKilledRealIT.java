package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.RunOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker dies, the embedded service lives. On a real service it dies of every single step. */
final class EmbeddedWorkerKilledRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @TempDir private Path folder = Path.of("");

  @Test
  void workerDiesAfterOneStepOfEachKind() throws Exception {
    try (MortalTrial trial = new MortalTrial(folder)) {
      trial.workersDieAndTheRunSucceeds(MortalWorker.Deaths.EVERY_ACTIVITY);
    }
  }

  @Test
  void workerIsKilledInTheMiddleOfABackfill() throws Exception {
    try (MortalTrial trial = new MortalTrial(folder)) {
      TokenShop shop = trial.shop;
      CompletableFuture<RunOutcome> result = trial.startSlowly();
      try (Child first = trial.worker()) {
        shop.awaitMiddleOfBackfill();
        first.kill();
      }
      shop.awaitNoLockstep();
      assertThat(shop.changedTokens()).isZero();
      assertThat(shop.seenTokens()).isPositive().isLessThan(TokenShop.ROWS);
      try (Child second = trial.worker()) {
        assertThat(second.isAlive()).isTrue();
        trial.succeeded(result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      assertThat(result.join().figures().get("batchesRepeated")).isLessThanOrEqualTo(1L);
    }
  }
}
