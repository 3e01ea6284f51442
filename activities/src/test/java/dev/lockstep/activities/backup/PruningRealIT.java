package dev.lockstep.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lockstep.activities.backup.Decision.Verdict;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.activities.storage.StoredObject;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PruningRealIT {
  private static final List<String> IDS =
      List.of("20261121T020000Z", "20261122T020000Z", "20261123T020000Z", "20261124T020000Z");

  private BackupFixture fixture = BackupFixture.encrypted();

  @BeforeEach
  void take() {
    fixture = BackupFixture.encrypted();
    fixture.engine.part("a.sql", () -> Rows.of(10));
    fixture.engine.part("b.sql", () -> Rows.of(20));
    for (String id : IDS) {
      fixture.take(
          id, BackupFixture.NOW.minus(Duration.ofDays(25 - Integer.parseInt(id.substring(6, 8)))));
    }
    fixture.readBack(IDS.get(0));
    fixture.retention = new Retention(1, 0, 0, 0, 0, 0, Optional.empty());
  }

  @Test
  void whatNoRuleKeepsIsGoneWithAllItsObjects() {
    StepOutcome outcome = prune();
    assertThat(outcome.figures()).containsEntry("kept", 2L).containsEntry("pruned", 2L);
    assertThat(ids()).containsExactly(IDS.get(3), IDS.get(0));
    assertThat(fixture.store.keys())
        .noneMatch(key -> key.contains(IDS.get(1)) || key.contains(IDS.get(2)));
    assertThat(fixture.engine.keptSentinels()).isEqualTo(2);
    ids().forEach(fixture::check);
  }

  @Test
  void aDryRunSaysTheSameAndChangesNothing() {
    List<String> before = List.copyOf(fixture.store.keys());
    assertThat(fixture.vault().pruning(BackupFixture.NAME).plan(fixture.retention))
        .extracting(decision -> decision.candidate().id(), Decision::verdict)
        .containsExactly(
            tuple(IDS.get(3), Verdict.KEPT),
            tuple(IDS.get(2), Verdict.PRUNED),
            tuple(IDS.get(1), Verdict.PRUNED),
            tuple(IDS.get(0), Verdict.KEPT));
    assertThat(fixture.store.keys()).containsExactlyElementsOf(before);
  }

  @Test
  void onlyWhatTheManifestOwnsIsRemoved() {
    String stray = new Layout(BackupFixture.NAME, IDS.get(1)).data() + "notes.txt";
    fixture.store.put(stray, new byte[1], Existing.REPLACED);
    prune();
    assertThat(fixture.store.keys()).contains(stray);
    assertThat(fixture.store.keys().stream().filter(key -> key.contains(IDS.get(1))))
        .containsExactly(stray);
  }

  @Test
  void killedAnywhereItLeavesNoBackupThatIsDamagedAndIsSweptLater() {
    int calls = 1;
    boolean done = false;
    while (!done) {
      take();
      fixture.store.failFrom(calls);
      try {
        assertThat(prune().figures()).containsEntry("pruned", 2L);
        done = true;
      } catch (ApplicationFailure e) {
        assertThat(e.getType()).isEqualTo("SERVER_UNREACHABLE");
      }
      fixture.store.recover();
      ids().forEach(fixture::check);
      assertThat(ids()).contains(IDS.get(3), IDS.get(0));
      prune();
      assertThat(ids()).containsExactly(IDS.get(3), IDS.get(0));
      fixture.store.list("").forEach(this::age);
      preflight();
      assertThat(fixture.store.keys())
          .as("killed at call %s", calls)
          .noneMatch(key -> key.contains(IDS.get(1)) || key.contains(IDS.get(2)));
      ids().forEach(fixture::check);
      calls++;
    }
    assertThat(calls).isGreaterThan(15);
  }

  @Test
  void aLockedManifestKeepsItsBackupAndALockedObjectIsReported() {
    Layout whole = new Layout(BackupFixture.NAME, IDS.get(1));
    Layout half = new Layout(BackupFixture.NAME, IDS.get(2));
    fixture.store.lock(whole.manifest());
    fixture.store.lock(half.encrypted("a.sql"));
    assertThat(prune().figures()).containsEntry("kept", 3L).containsEntry("pruned", 1L);
    fixture.readBack(IDS.get(1));
    assertThat(ids()).doesNotContain(IDS.get(2));
    assertThat(fixture.reporter.reasons())
        .anyMatch(reason -> reason.contains(whole.manifest() + " is locked"))
        .anyMatch(reason -> reason.contains(half.encrypted("a.sql") + " is locked"));
    fixture.store.list("").forEach(this::age);
    preflight();
    assertThat(fixture.store.keys().stream().filter(key -> key.contains(IDS.get(2))))
        .as("the sweep does not fail of it either")
        .containsExactly(half.encrypted("a.sql"));
  }

  @Test
  void anUnreadableManifestIsNeverPruned() {
    Layout unreadable = new Layout(BackupFixture.NAME, IDS.get(1));
    fixture.store.change(unreadable.manifest(), any -> new byte[] {'{'});
    assertThat(prune().figures()).containsEntry("pruned", 1L);
    fixture.store.list("").forEach(this::age);
    preflight();
    assertThat(fixture.store.keys()).contains(unreadable.manifest(), unreadable.key());
  }

  @Test
  void discardRemovesOneWithItsManifestFirst() {
    Layout layout = new Layout(BackupFixture.NAME, IDS.get(3));
    fixture.store.lock(layout.encrypted("a.sql"));
    BackupStep.Discard step = new BackupStep.Discard(fixture.copy(IDS.get(3)));
    assertThatThrownBy(() -> fixture.activities().discard(fixture.scope, step))
        .hasMessageContaining("is locked");
    assertThat(fixture.isListed(IDS.get(3))).isFalse();
    BackupStep.Discard other = new BackupStep.Discard(fixture.copy(IDS.get(2)));
    fixture.activities().discard(fixture.scope, other);
    fixture.activities().discard(fixture.scope, other);
    assertThat(fixture.store.keys()).noneMatch(key -> key.contains(IDS.get(2)));
    fixture.readBack(IDS.get(1));
  }

  private void age(StoredObject object) {
    fixture.storeTime = BackupFixture.NOW.minus(Duration.ofHours(2));
    fixture.store.change(object.key(), bytes -> bytes);
  }

  private void preflight() {
    fixture
        .activities()
        .preflight(fixture.scope, new BackupStep.Preflight(fixture.copy(BackupFixture.ID)));
  }

  private StepOutcome prune() {
    return fixture
        .activities()
        .prune(fixture.scope, new BackupStep.Prune(fixture.copy(BackupFixture.ID)));
  }

  private List<String> ids() {
    return fixture.vault().catalogue(BackupFixture.NAME).list().complete().stream()
        .map(Listed::id)
        .toList();
  }
}
