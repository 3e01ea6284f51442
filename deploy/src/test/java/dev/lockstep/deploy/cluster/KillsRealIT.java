package dev.lockstep.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.testbed.KillTable;
import dev.lockstep.workflows.api.RunOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Servers of the cluster die by SIGKILL in the middle of a run, and the run goes on. */
final class KillsRealIT {
  @RegisterExtension static final LabExtension LAB = new LabExtension();

  private static final long FEW_CUSTOMERS = 20_000;
  private static final long MANY_CUSTOMERS = 200_000;
  private static final long ROWS_PER_SECOND = 10_000;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder = Path.of("");

  @Test
  void apiServerIsKilledInTheMiddleOfARollout() throws Exception {
    LAB.lab().deployFirstVersion();
    LAB.database().loadCustomers(FEW_CUSTOMERS);
    String name = "kill-api-server";
    try (LockstepRun run =
        LockstepRun.start(LAB.temporal(), folder, name, Definition.fullName(name))) {
      run.await("the middle of a rollout", PATIENCE, it -> isInRollout());
      LAB.testbed().kill("kube-apiserver");
      final Instant killed = Instant.now();
      awaitUnreachable(run);
      LAB.testbed().up("kubernetes");
      run.await(
          "the next step", PATIENCE, it -> !it.step().orElse("").equals("expand/rollout-web"));
      final Duration progress = Duration.between(killed, Instant.now());

      RunOutcome outcome = run.succeeded(PATIENCE);
      long lost =
          FEW_CUSTOMERS
              - LAB.database()
                  .number(
                      "SELECT count(*) FROM customers"
                          + " WHERE full_name = 'First' || id || ' Last' || id");
      note("API server, in the middle of a rollout", lost, outcome, progress);
      assertThat(lost).isZero();
      run.history().replay();
    }
    assertThat(LAB.lab().images("web")).containsExactly("localhost/lockstep-web:3");
    // Version 1, 2 and 3: no template was applied twice, none was put back.
    assertThat(LAB.lab().revision("web")).isEqualTo("3");
  }

  @Test
  void databasePodIsKilledInTheMiddleOfABackfill() throws Exception {
    LabDatabase database = LAB.database();
    database.loadCustomers(MANY_CUSTOMERS);
    String name = "kill-database";
    try (LockstepRun run =
            LockstepRun.start(
                LAB.temporal(), folder, name, Definition.token(name, ROWS_PER_SECOND));
        BackfillWatch watch = BackfillWatch.start(database)) {
      run.await("the middle of the backfill", PATIENCE, it -> watch.rows() > MANY_CUSTOMERS / 5);
      final Tokens before = Tokens.read(database);
      new PodProcesses(LAB.lab().pod("postgres-0")).kill();

      RunOutcome outcome = run.succeeded(PATIENCE);
      long lost = before.changed();
      note("database pod, in the middle of a backfill", lost, outcome, watch.longestStall());
      assertThat(before.seen()).hasSizeLessThan((int) MANY_CUSTOMERS);
      assertThat(lost).isZero();
      assertThat(outcome.figures().get("batchesRepeated")).isLessThanOrEqualTo(1L);
      assertThat(Tokens.read(database).seen()).hasSize((int) MANY_CUSTOMERS);
      run.history().replay();
    }
  }

  private static boolean isInRollout() {
    return LAB.lab().images("web").contains("localhost/lockstep-web:2")
        && !LAB.lab().isRolledOut("web");
  }

  /** The run has felt it: a try of the step has failed. */
  private static void awaitUnreachable(LockstepRun run) {
    Awaitility.await("the run to notice")
        .atMost(PATIENCE)
        .until(
            () ->
                run.failureOfTheTryBefore()
                    .filter(it -> it.contains("the cluster does not answer"))
                    .isPresent());
  }

  private static void note(String where, long lost, RunOutcome outcome, Duration progress) {
    KillTable.note(
        where,
        new KillTable.Loss(lost, outcome.figures().getOrDefault("batchesRepeated", 0L)),
        outcome.state().name(),
        progress);
  }
}
