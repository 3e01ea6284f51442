package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.e2e.CopyShop;
import dev.lockstep.deploy.e2e.MortalCrew;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.RunOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers die at the end of every step of a backup, a restore and a drill, and in the middle of
 * each that moves data; the service lives.
 */
final class CopiesKilledRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void endRuns() {
    SERVICE.replayAndEnd();
  }

  @Test
  void everyRunGoesOnAndNothingHalfIsLeft() throws Exception {
    CopyShop shop = new CopyShop(folder, 60_000, ", maxRate: 5MiB/s");
    List<String> service = List.of(SERVICE.address(), SERVICE.namespace());
    try (MortalCrew crew = new MortalCrew(folder, service)) {
      CompletableFuture<RunOutcome> backup = start(shop, "backup");
      await(crew, shop, List.of(backup));
      crew.succeeded("backup/" + shop.name + "-backup", backup.join(), "take");
      assertThat(shop.wholeBackups()).hasSize(1);
      shop.onlyWholeBackupsAreStored();

      CompletableFuture<RunOutcome> restore = start(shop, "restore");
      CompletableFuture<RunOutcome> drill = start(shop, "drill");
      await(crew, shop, List.of(restore, drill));
      crew.succeeded("restore/" + shop.name + "-restore", restore.join(), "load");
      crew.succeeded("drill/" + shop.name + "-drill", drill.join(), "load");
    }
    shop.copyIsWhole();
    shop.scratchIsEmpty();
    assertThat(shop.wholeBackups()).hasSize(1);
    shop.onlyWholeBackupsAreStored();
  }

  private static void await(
      MortalCrew crew, CopyShop shop, List<CompletableFuture<RunOutcome>> runs) {
    Awaitility.await().atMost(PATIENCE).until(() -> crew.keepAlive(shop, runs));
  }

  private static CompletableFuture<RunOutcome> start(CopyShop shop, String kind) {
    return new RunStarter(SERVICE.connection())
        .start(kind + "/" + shop.name + "-" + kind, shop.request(kind))
        .getResultAsync(RunOutcome.class);
  }
}
