package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is dropped is kept once, wholly, or not at all. */
final class StoreKeptActivitiesTest {
  private static final String ID = "20261126T020000Z-1";
  private static final Layout LAYOUT = Layout.kept("customer-full-name", ID);

  private final BackupFixture fixture = BackupFixture.encrypted();

  StoreKeptActivitiesTest() {
    fixture.engine.part("definition.json", () -> Rows.of(100));
    fixture.engine.part("rows.copy", () -> Rows.of(300_000));
  }

  @Test
  void whatIsKeptIsReadBackAndKeptOnce() {
    StepOutcome first = keep("customer-full-name/1");
    List<String> keys = List.copyOf(fixture.store.keys());
    StepOutcome second = keep("customer-full-name/1");

    assertThat(first.alreadyDone()).isFalse();
    assertThat(first.figures()).containsEntry("bytes", 300_100L);
    assertThat(first.figures().get("rows")).isPositive();
    assertThat(second.alreadyDone()).isTrue();
    assertThat(fixture.engine.begun()).isEqualTo(1);
    assertThat(keys)
        .contains(LAYOUT.manifest(), LAYOUT.verified())
        .allMatch(StoreKeptActivitiesTest::own);
    assertThat(fixture.store.keys()).containsExactlyElementsOf(keys);
  }

  @Test
  void whatWasNotReadBackIsReadBackByTheNextAttempt() {
    keep("customer-full-name/1");
    fixture.store.delete(LAYOUT.verified());

    assertThat(keep("customer-full-name/1").alreadyDone()).isFalse();
    assertThat(fixture.engine.begun()).isEqualTo(1);
    assertThat(fixture.store.keys()).contains(LAYOUT.verified());

    fixture.store.delete(LAYOUT.verified());
    fixture.store.flip(LAYOUT.encrypted("rows.copy"), 4_000);
    fault(FaultCode.BACKUP_DAMAGED, () -> keep("customer-full-name/1")).contains("rows.copy");
  }

  @Test
  void anAttemptThatDiedLeavesNothingThatCounts() {
    fixture.store.put(LAYOUT.encrypted("rows.copy"), new byte[5], Existing.REFUSED);
    assertThat(fixture.vault().kept().list().complete()).isEmpty();

    keep("customer-full-name/1");

    assertThat(fixture.vault().kept().list().complete()).hasSize(1);
    new Verification(fixture.vault().read(LAYOUT.backup(), ID), "test").run(fixture.reporter);
  }

  @Test
  void aStoreThatRefusesAtAnyCallLeavesNothingKeptAndTheNextAttemptKeepsIt() {
    int refused = 0;
    for (int call = 1; call < 30; call++) {
      fixture.store.failFrom(call);
      try {
        keep("customer-full-name/1");
      } catch (ApplicationFailure e) {
        refused++;
      }
      fixture.store.recover();
      if (fixture.store.keys().contains(LAYOUT.manifest())) {
        new Verification(fixture.vault().read(LAYOUT.backup(), ID), "test").run(fixture.reporter);
      }
      keep("customer-full-name/1");
      assertThat(fixture.store.keys()).contains(LAYOUT.manifest(), LAYOUT.verified());
      new Removal(fixture.store).removeAll(LAYOUT);
    }
    assertThat(refused).isGreaterThan(5);
  }

  @Test
  void aStreamThatIsCutInTheMiddleIsNotKept() {
    fixture.store.refuseAt(150);
    fault(FaultCode.RESOURCE_EXHAUSTED, () -> keep("customer-full-name/1"));
    assertThat(fixture.store.keys()).doesNotContain(LAYOUT.manifest());
  }

  @Test
  void whatAnotherRunKeptIsNeverTakenForOnesOwn() {
    keep("customer-full-name/1");
    fault(FaultCode.OBJECT_EXISTS, () -> keep("customer-full-name/2"))
        .contains("customer-full-name/2", "nothing is dropped");
  }

  @Test
  void theBackupsOwnRetentionLeavesItAndItsOwnAgeEndsIt() {
    keep("customer-full-name/1");
    fixture.retention = new Retention(1, 0, 0, 0, 0, 0, Optional.empty());
    prune();
    assertThat(fixture.store.keys()).contains(LAYOUT.manifest());
    assertThat(fixture.vault().catalogue(BackupFixture.NAME).list().leftovers()).isEmpty();

    assertThat(at(Duration.ofDays(89)).kept().prune(BackupFixture.NAME, new ArrayList<>()))
        .isZero();
    assertThat(at(Duration.ofDays(91)).kept().prune("another", new ArrayList<>())).isZero();
    assertThat(at(Duration.ofDays(91)).kept().prune(BackupFixture.NAME, new ArrayList<>())).isOne();
    assertThat(fixture.store.keys()).noneMatch(StoreKeptActivitiesTest::own);
  }

  @Test
  void whatIsNotDroppedInTheEndIsRemovedByTheRunThatKeptItOnly() {
    keep("customer-full-name/1");
    discard("customer-full-name/2");
    assertThat(fixture.store.keys()).contains(LAYOUT.manifest());
    discard("customer-full-name/1");
    assertThat(fixture.store.keys()).isEmpty();
    fixture.store.put(LAYOUT.encrypted("rows.copy"), new byte[5], Existing.REFUSED);
    discard("customer-full-name/1");
    assertThat(fixture.store.keys()).isEmpty();
  }

  private void discard(String run) {
    activities()
        .discardKept(
            scope(run), new BackupStep.DiscardKept(fixture.copy(ID), "customer-full-name"));
  }

  @Test
  void itsKeyIsChangedWithThoseOfTheBackups() {
    keep("customer-full-name/1");
    fixture.keyset = Keysets.rotate(fixture.keyset);

    assertThat(fixture.vault().rotation().rewrap(BackupFixture.NAME)).isOne();
    assertThat(fixture.vault().rotation().rewrap(BackupFixture.NAME)).isZero();
  }

  @Test
  void itIsFoundByRunByPointAndByMigration() {
    keep("customer-full-name/1");
    KeptPoints kept = fixture.vault().kept();

    for (String wanted :
        List.of(
            "customer-full-name", "customer-full-name/1", "customer-full-name/20261126T020000Z")) {
      assertThat(kept.find(wanted)).singleElement().extracting(Listed::id).isEqualTo(ID);
    }
    fault(FaultCode.BACKUP_UNKNOWN, () -> kept.find("customer-full-name/2"))
        .contains("customer-full-name/1", "first_name of customers");
  }

  private StepOutcome keep(String run) {
    return activities().keepDropped(scope(run), step());
  }

  private StepScope scope(String run) {
    return new StepScope(
        new RunKey(run), "finish/customers-keep", fixture.scope.database(), fixture.scope.limits());
  }

  private StoreKeptActivities activities() {
    return new StoreKeptActivities(
        fixture.vaults(),
        (database, data) ->
            fixture.engine.dump(database, fixture.copy(ID).backup(), fixture.reporter),
        () -> fixture.reporter);
  }

  private BackupStep.KeepDropped step() {
    TableName table = new TableName("public", "customers");
    DroppedData.Column column =
        new DroppedData.Column(
            "first_name",
            "lockstep_old_first_name",
            "text",
            Optional.empty(),
            true,
            Optional.empty(),
            false,
            Optional.empty());
    return new BackupStep.KeepDropped(
        fixture.copy(ID),
        new DroppedData("customer-full-name", table, table, List.of(column)),
        Duration.ofDays(90));
  }

  private static boolean own(String key) {
    return key.startsWith(LAYOUT.prefix());
  }

  private void prune() {
    fixture.activities().prune(fixture.scope, new BackupStep.Prune(fixture.copy(BackupFixture.ID)));
  }

  private Vault at(Duration later) {
    Clock clock = Clock.fixed(BackupFixture.NOW.plus(later), ZoneOffset.UTC);
    return new Vaults(it -> fixture.store, it -> fixture.keyset, clock).open(fixture.definition());
  }
}
