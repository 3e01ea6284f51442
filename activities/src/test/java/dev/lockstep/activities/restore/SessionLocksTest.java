package dev.lockstep.activities.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.RestoreActivities;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes that restore into one database, each with locks of its own. */
final class SessionLocksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Database target = TestServer.newDatabase();
  private final Databases databases = TestServer.databases();
  private final SessionLocks first = new SessionLocks();
  private final SessionLocks second = new SessionLocks();
  private final List<String> done = new ArrayList<>();
  private final StepScope scope =
      new StepScope(new RunKey("restore/shop-copy"), "load", target, Limits.DEFAULT);

  @AfterEach
  void end() {
    first.close();
    second.close();
    databases.close();
    TestServer.drop(target);
  }

  @Test
  void whoComesSecondIsRefusedAndClearsNothing() {
    restores(first).load(scope, load());

    assertThatThrownBy(() -> restores(second).load(scope, load()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> {
              assertThat(e.getType()).isEqualTo("TARGET_CLAIMED");
              assertThat(e.getOriginalMessage())
                  .contains("database " + target.name() + " is being restored into", "process ");
            });
    assertThat(restores(second).clear(scope, new BackupStep.Clear(Scene.COPY)).alreadyDone())
        .isTrue();
    assertThat(done).containsExactly("load");
  }

  @Test
  void theSameProcessMayLoadAgainAndTheLockGoesWithTheMark() {
    restores(first).load(scope, load());
    restores(first).load(scope, load());
    restores(first).release(scope, new BackupStep.Release(Scene.COPY));
    restores(second).load(scope, load());
    restores(second).clear(scope, new BackupStep.Clear(Scene.COPY));
    restores(first).load(scope, load());
    assertThat(done).containsExactly("load", "load", "release", "load", "clear", "load");
  }

  @Test
  void aSessionThatDiedHoldsNothing() {
    restores(first).load(scope, load());
    databases
        .open(target)
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT pg_terminate_backend(pid)::text FROM pg_locks"
                            + " WHERE locktype = 'advisory' AND granted AND database ="
                            + " (SELECT oid FROM pg_database WHERE datname = current_database())")
                    .mapTo(String.class)
                    .one());
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(second.take(databases, target)).isEmpty());
    first.close();
    assertThat(first.take(databases, target)).isPresent();
  }

  @Test
  void aHeldLockHoldsBackNoVacuum() {
    assertThat(first.take(databases, target)).isEmpty();
    Optional<String> horizon =
        databases
            .open(target)
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT coalesce(backend_xmin, backend_xid)::text FROM"
                                + " pg_stat_activity WHERE state = 'idle in transaction' AND"
                                + " datname = current_database()")
                        .map((row, context) -> Optional.ofNullable(row.getString(1)))
                        .one());
    assertThat(horizon).isEmpty();
  }

  @Test
  void anotherDatabaseHasALockOfItsOwn() {
    Database other = TestServer.newDatabase();
    assertThat(first.take(databases, target)).isEmpty();
    assertThat(second.take(databases, other)).isEmpty();
    second.close();
    TestServer.drop(other);
  }

  private ExclusiveRestores restores(SessionLocks locks) {
    return new ExclusiveRestores(new Noting(), locks, databases, RecordingReporter::new);
  }

  private static BackupStep.Load load() {
    return new BackupStep.Load(Scene.COPY, List.of(), BackupStep.Target.EMPTY);
  }

  /** Notes what comes through. */
  private final class Noting implements RestoreActivities {
    private StepOutcome noted(String what) {
      done.add(what);
      return new StepOutcome(false, new TreeMap<>());
    }

    @Override
    public StepOutcome load(StepScope at, BackupStep.Load step) {
      return noted("load");
    }

    @Override
    public StepOutcome clear(StepScope at, BackupStep.Clear step) {
      return noted("clear");
    }

    @Override
    public StepOutcome release(StepScope at, BackupStep.Release step) {
      return noted("release");
    }

    @Override
    public StepOutcome compare(StepScope at, BackupStep.Compare step) {
      return noted("compare");
    }

    @Override
    public StepOutcome askRestored(StepScope at, BackupStep.Ask step) {
      return noted("ask");
    }
  }
}
