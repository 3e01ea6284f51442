package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoreBackupActivitiesTest {
  private final BackupFixture fixture = BackupFixture.encrypted();

  @Test
  void preflightLeavesNothingAndSaysHowMuchThereIs() {
    assertThat(preflight().figures())
        .containsEntry("estimatedBytes", 1000L)
        .containsEntry("swept", 0L);
    assertThat(preflight().figures()).containsEntry("swept", 0L);
    assertThat(fixture.store.keys()).isEmpty();
  }

  @Test
  void preflightFindsAStoreThatReplacesWhatItMustKeep() {
    fixture.store.replaceAlways();
    fault(FaultCode.STORE_REFUSED, this::preflight)
        .contains("store in memory replaces an object that it was told to keep");
    assertThat(fixture.store.keys()).isEmpty();
  }

  @Test
  void preflightSweepsOnlyWhatIsOldAndNobodys() {
    String own = put(BackupFixture.ID, Duration.ofHours(3));
    String young = put("20261126T010000Z", Duration.ofMinutes(59));
    String old = put("20261125T010000Z", Duration.ofMinutes(61));
    assertThat(preflight().figures()).containsEntry("swept", 1L);
    assertThat(fixture.store.keys()).contains(own, young).doesNotContain(old);
  }

  @Test
  void theSentinelIsTheSameHoweverOftenItIsMarked() {
    String first = mark();
    assertThat(first).matches("[0-9a-f]{32}");
    assertThat(mark()).isEqualTo(first);
    fixture.engine.part("a.sql", () -> Rows.of(1));
    fixture.take(BackupFixture.ID);
    assertThat(fixture.vault().read(BackupFixture.NAME, BackupFixture.ID).manifest().sentinel())
        .contains(first);
  }

  @Test
  void whatWasTakenIsNotTakenAgain() {
    fixture.engine.part("a.sql", () -> Rows.of(1));
    StepOutcome first = fixture.take(BackupFixture.ID);
    List<String> keys = List.copyOf(fixture.store.keys());
    StepOutcome second = fixture.take(BackupFixture.ID);
    assertThat(first.alreadyDone()).isFalse();
    assertThat(second.alreadyDone()).isTrue();
    assertThat(second.figures()).containsEntry("bytes", 1L).containsEntry("objects", 1L);
    assertThat(second.figures().get("storedBytes")).isEqualTo(first.figures().get("storedBytes"));
    assertThat(fixture.engine.begun()).isEqualTo(1);
    assertThat(fixture.store.keys()).containsExactlyElementsOf(keys);
  }

  @Test
  void anAttemptRemovesWhatTheOneBeforeLeft() {
    String left = fixture.layout().data() + "old.zst.enc";
    fixture.store.put(left, new byte[5], Existing.REFUSED);
    fixture.engine.part("a.sql", () -> Rows.of(1));
    fixture.take(BackupFixture.ID);
    assertThat(fixture.store.keys()).doesNotContain(left);
  }

  @Test
  void readingBackMarksOnlyWhereItShall() {
    fixture.engine.part("a.sql", () -> Rows.of(1000));
    fixture.take(BackupFixture.ID);
    StepOutcome outcome =
        fixture
            .activities()
            .readBack(
                fixture.scope, new BackupStep.ReadBack(fixture.copy(BackupFixture.ID), false));
    assertThat(outcome.figures()).containsEntry("bytes", 1000L).containsEntry("objects", 1L);
    assertThat(fixture.store.keys()).doesNotContain(fixture.layout().verified());
    fixture.readBack(BackupFixture.ID);
    assertThat(fixture.store.keys()).contains(fixture.layout().verified());
  }

  private StepOutcome preflight() {
    return fixture
        .activities()
        .preflight(fixture.scope, new BackupStep.Preflight(fixture.copy(BackupFixture.ID)));
  }

  private String mark() {
    assertThat(
            fixture
                .activities()
                .mark(fixture.scope, new BackupStep.Mark(fixture.copy(BackupFixture.ID))))
        .isEqualTo(StepOutcome.done());
    return fixture.engine.findSentinel(BackupFixture.NAME, BackupFixture.ID).orElseThrow();
  }

  private String put(String id, Duration age) {
    fixture.storeTime = BackupFixture.NOW.minus(age);
    String key = new Layout(BackupFixture.NAME, id).data() + "a.sql.zst.enc";
    fixture.store.put(key, new byte[1], Existing.REFUSED);
    return key;
  }
}
