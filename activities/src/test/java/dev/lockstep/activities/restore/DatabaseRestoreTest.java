package dev.lockstep.activities.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.dump.MemoryDatabase;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.BackupStep.Target;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads, their undo, and what is asked afterwards. */
@Timeout(60)
final class DatabaseRestoreTest {
  private static final String RUN = "shop-copy/1";

  private final MemoryDatabase database = new MemoryDatabase();
  private final MemoryBackup backup = new MemoryBackup();
  private final RecordingReporter reporter = new RecordingReporter();

  @BeforeEach
  void fill() {
    backup.parts.put("public.customers", "a\nb\nc\n");
    backup.parts.put("public.orders", "x\n");
    backup.rows.put("public.customers", 3L);
    backup.rows.put("public.orders", 1L);
  }

  @Test
  void everyPartIsLoadedInItsOrderAndTheMarkStays() {
    StepOutcome outcome = load(RUN, Target.EMPTY);

    assertThat(outcome.figures()).containsEntry("bytes", 8L).containsKey("durationMillis");
    assertThat(database.told())
        .containsExactly(
            "claim shop-copy/1",
            "load public.customers 6 []",
            "load public.orders 2 []",
            "finish",
            "close");
    assertThat(database.claimedBy()).contains(RUN);
  }

  @Test
  void theNextAttemptClearsWhatTheOneBeforeLoaded() {
    database.refuse("public.orders");
    assertFault(() -> load(RUN, Target.EMPTY), FaultCode.LOAD_FAILED, "says no to public.orders");
    assertThat(database.claimedBy()).contains(RUN);
    assertThat(database.tables()).isNotEmpty();
    database.told().clear();
    database.refuse("");

    load(RUN, Target.EMPTY);

    assertThat(database.told())
        .startsWith("clear", "claim shop-copy/1", "load public.customers 6 []")
        .endsWith("finish", "close");
  }

  @Test
  void aDatabaseThatHoldsSomethingElseIsRefusedByName() {
    for (int i = 10; i < 30; i++) {
      database.table("public.t" + i, 1);
    }

    assertFault(
        () -> load(RUN, Target.EMPTY),
        FaultCode.TARGET_NOT_EMPTY,
        "database shop-copy is to be restored into and is not empty: it holds public.t10,");
    assertThat(database.claimedBy()).isEmpty();
    assertThat(database.tables()).hasSize(20);
    assertThat(database.told()).isEmpty();
  }

  @Test
  void whatAnotherRunLoadedIsRefused() {
    load("other/1", Target.EMPTY);

    assertFault(() -> load(RUN, Target.EMPTY), FaultCode.TARGET_NOT_EMPTY, "public.customers");
    assertThat(database.claimedBy()).contains("other/1");
  }

  @Test
  void theMarkOfARunThatEndedInAnEmptyDatabaseGivesWay() {
    database.claim("dead/1");

    load(RUN, Target.EMPTY);

    assertThat(database.claimedBy()).contains(RUN);
  }

  @Test
  void whatIsToBeReplacedIsMarkedBeforeItIsCleared() {
    database.table("public.old", 7);

    load(RUN, Target.REPLACED);

    assertThat(database.told()).startsWith("claim shop-copy/1", "clear", "claim shop-copy/1");
    assertThat(database.tables()).containsOnlyKeys("public.customers", "public.orders");
  }

  @Test
  void whatWasReleasedIsNeverClearedNorLoadedOver() {
    load(RUN, Target.EMPTY);
    activities().release(Scene.scope(RUN), new BackupStep.Release(Scene.COPY));
    database.told().clear();

    assertThat(clear(RUN).alreadyDone()).isTrue();
    assertFault(() -> load(RUN, Target.EMPTY), FaultCode.TARGET_NOT_EMPTY, "is not empty");

    assertThat(database.told()).isEmpty();
    assertThat(database.tables()).containsOnlyKeys("public.customers", "public.orders");
  }

  @Test
  void aBackupThatDoesNotOpenLeavesTheDatabaseUntouched() {
    backup.closed = Optional.of(Faults.failure(FaultCode.KEY_WRONG, "another keyset", ""));
    database.table("public.old", 7);

    assertFault(() -> load(RUN, Target.REPLACED), FaultCode.KEY_WRONG, "another keyset");
    assertThat(database.told()).isEmpty();
    assertThat(database.tables()).containsOnlyKeys("public.old");
  }

  @Test
  void aDamagedPartIsSaidToBeDamagedAlsoWhereTheProgramReadItAll() {
    backup.damaged.put(
        "public.orders", Faults.failure(FaultCode.BACKUP_DAMAGED, "orders differs", ""));

    assertFault(() -> load(RUN, Target.EMPTY), FaultCode.BACKUP_DAMAGED, "orders differs");
    assertThat(database.told()).endsWith("close").doesNotContain("finish");
    assertThat(database.claimedBy()).contains(RUN);
  }

  @Test
  void theChosenTablesAreHandedOn() {
    activities()
        .load(
            Scene.scope(RUN),
            new BackupStep.Load(Scene.COPY, List.of("public.orders"), Target.EMPTY));

    assertThat(database.told()).contains("load public.orders 2 [public.orders]");
  }

  @Test
  void aWishToStopEndsTheLoadBeforeTheActivityEnds() {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch never = new CountDownLatch(1);
    database.whileLoading(
        () -> {
          reporter.cancel();
          try {
            assertThat(never.await(30, TimeUnit.SECONDS)).isFalse();
          } catch (InterruptedException e) {
            ended.set(true);
            throw new IllegalStateException(e);
          }
        });

    assertThatThrownBy(() -> load(RUN, Target.EMPTY)).isInstanceOf(ActivityCanceledException.class);
    assertThat(ended).isTrue();
    assertThat(database.claimedBy()).contains(RUN);
    assertThat(database.told()).endsWith("close");
  }

  @Test
  void bytesAndWhatIsLeftAreTold() {
    database.whileLoading(
        () -> {
          int before = reporter.told().size();
          Awaitility.await()
              .atMost(Duration.ofSeconds(20))
              .until(() -> reporter.told().size() > before + 1);
        });

    load(RUN, Target.EMPTY);

    assertThat(reporter.told()).extracting(Progress::total).containsOnly(8L);
    assertThat(reporter.told()).extracting(Progress::done).contains(0L, 6L);
  }

  @Test
  void theUndoTakesAwayWhatThisRunLoadedAndTheMarkLast() {
    load(RUN, Target.EMPTY);
    database.told().clear();

    assertThat(clear(RUN).alreadyDone()).isFalse();
    assertThat(database.told()).containsExactly("clear", "release");
    assertThat(database.tables()).isEmpty();
    assertThat(clear(RUN).alreadyDone()).isTrue();
  }

  @Test
  void theUndoLeavesAloneWhatItsRunDidNotLoad() {
    load("other/1", Target.EMPTY);

    assertThat(clear(RUN).alreadyDone()).isTrue();
    assertThat(database.tables()).isNotEmpty();
    assertThat(database.claimedBy()).contains("other/1");
  }

  @Test
  void equalCountsAndTheSameSentinelAreTheSame() {
    load(RUN, Target.EMPTY);
    database.writeSentinel("shop-nightly", Scene.COPY.id(), "5e17");

    StepOutcome outcome = compare(Scene.COPY, List.of(), Engine.POSTGRESQL);

    assertThat(outcome.figures()).containsEntry("rowsCompared", 4L).containsKey("durationMillis");
  }

  @Test
  void aTableWithOtherRowsIsNamedWithBothNumbers() {
    load(RUN, Target.EMPTY);
    database.writeSentinel("shop-nightly", Scene.COPY.id(), "5e17");
    database.table("public.customers", 2);
    database.drop("public.orders");

    assertFault(
        () -> compare(Scene.COPY, List.of(), Engine.POSTGRESQL),
        FaultCode.ROWS_DIFFER,
        "public.customers has 2 rows instead of 3; public.orders is not there instead of 1 rows");
  }

  @Test
  void anotherSentinelIsAnotherBackup() {
    load(RUN, Target.EMPTY);
    assertFault(
        () -> compare(Scene.COPY, List.of(), Engine.POSTGRESQL),
        FaultCode.ROWS_DIFFER,
        "the sentinel row of shop-nightly/20261125T200000Z is not there instead of 5e17");

    database.writeSentinel("shop-nightly", Scene.COPY.id(), "0000");
    assertFault(
        () -> compare(Scene.COPY, List.of(), Engine.POSTGRESQL),
        FaultCode.ROWS_DIFFER,
        "is 0000 instead of 5e17");
  }

  @Test
  void ofChosenTablesOnlyTheyAreCompared() {
    load(RUN, Target.EMPTY);
    database.table("public.customers", 2);

    assertThat(compare(Scene.COPY, List.of("orders"), Engine.POSTGRESQL).figures())
        .containsEntry("rowsCompared", 1L);
    assertThat(
            compare(Scene.copy(List.of("public.x")), List.of("public.orders"), Engine.MYSQL)
                .figures())
        .containsEntry("rowsCompared", 1L);
    assertFault(
        () -> compare(Scene.COPY, List.of("customers"), Engine.POSTGRESQL),
        FaultCode.ROWS_DIFFER,
        "public.customers has 2 rows instead of 3");
  }

  @Test
  void anExpectedAnswerPassesAndAnotherIsNamed() {
    database.answer("select count(*) from orders", "1");

    ask("has-orders", "> 0");
    assertFault(
        () -> ask("has-orders", "> 1"),
        FaultCode.ANSWER_UNEXPECTED,
        "check has-orders: expected > 1, got 1");
  }

  private DatabaseRestoreActivities activities() {
    return new DatabaseRestoreActivities((of, by) -> database, backup, () -> reporter);
  }

  private StepOutcome load(String run, Target target) {
    return activities().load(Scene.scope(run), new BackupStep.Load(Scene.COPY, List.of(), target));
  }

  private StepOutcome clear(String run) {
    return activities().clear(Scene.scope(run), new BackupStep.Clear(Scene.COPY));
  }

  private StepOutcome compare(BackupReference copy, List<String> tables, Engine engine) {
    return activities().compare(Scene.scope(RUN, engine), new BackupStep.Compare(copy, tables));
  }

  private void ask(String name, String expect) {
    StepOutcome outcome =
        activities()
            .askRestored(
                Scene.scope(RUN),
                new BackupStep.Ask(new Restore.Check(name, "select count(*) from orders", expect)));
    assertThat(outcome.alreadyDone()).isFalse();
  }

  private static void assertFault(Runnable call, FaultCode code, String message) {
    assertThatThrownBy(call::run)
        .hasMessageContaining(message)
        .extracting("type")
        .isEqualTo(code.name());
  }
}
