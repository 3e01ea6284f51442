package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.backup.Candidate.Trust;
import dev.lockstep.activities.backup.Decision.Verdict;
import dev.lockstep.activities.backup.Verified.How;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.workflows.fault.FaultCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What says that a backup was verified counts only where the key of the backup sealed it. */
final class VerifiedFileTest {
  private static final String OLD = "20261101T020000Z";
  private static final String NEW = "20261102T020000Z";
  private static final Verified FORGED =
      new Verified(BackupFixture.NOW, How.DRILL, "drill/shop-drill/1");

  private BackupFixture fixture = BackupFixture.encrypted();

  @BeforeEach
  void take() {
    take(true);
  }

  private void take(boolean encrypted) {
    fixture = encrypted ? BackupFixture.encrypted() : BackupFixture.plain();
    fixture.engine.part("a.sql", () -> Rows.of(10));
    fixture.take(OLD, BackupFixture.NOW.minus(Duration.ofDays(2)));
    fixture.take(NEW, BackupFixture.NOW.minus(Duration.ofDays(1)));
    fixture.readBack(OLD);
    fixture.retention = new Retention(1, 0, 0, 0, 0, 0, Optional.empty());
  }

  @Test
  void aMarkOfAnOlderVersionCountsAsNoneAndSaysWhy() {
    fixture.store.put(
        mark(NEW),
        Documents.write(new OldContent(Manifest.VERSION, List.of(FORGED))),
        Existing.REPLACED);
    assertUnverified(NEW, "verified.json has no seal", "verify the backup again");
    assertThat(find(new Which.Newest(true))).isEqualTo(OLD);

    fixture.readBack(NEW);

    Listed anew = listed(NEW);
    assertThat(anew.verifications())
        .as("what did not count before is gone")
        .containsExactly(new Verified(BackupFixture.NOW, How.READ_BACK, fixture.scope.run().id()));
    assertThat(anew.doubt()).isEmpty();
  }

  @Test
  void aMarkThatSomebodyMadeWithoutTheKeyProtectsAndPromotesNothing() {
    VerifiedFile.Content content =
        new VerifiedFile.Content(
            Manifest.VERSION, Optional.of("00"), List.of(FORGED), Optional.empty());
    String digest = Seal.of(content, mark(NEW), Optional.empty());
    VerifiedFile.Content sealed = content.sealed(Optional.of(digest));
    fixture.store.put(mark(NEW), Documents.write(sealed), Existing.REPLACED);
    assertUnverified(NEW, "a seal that does not fit");
    assertThat(find(new Which.Newest(true))).isEqualTo(OLD);
    assertThat(fixture.vault().pruning(BackupFixture.NAME).plan(fixture.retention))
        .filteredOn(decision -> decision.candidate().id().equals(OLD))
        .singleElement()
        .satisfies(old -> assertThat(old.reasons()).containsExactly("the newest verified one"));
  }

  @Test
  void aMarkOfAnotherBackupDoesNotFit() {
    fixture.store.put(mark(NEW), fixture.store.bytes(mark(OLD)), Existing.REPLACED);
    assertUnverified(NEW, "a seal that does not fit");
  }

  @Test
  void aMarkThatWasChangedCountsAsNone() {
    fixture.store.change(
        mark(OLD),
        bytes ->
            new String(bytes, StandardCharsets.UTF_8)
                .replace("READ_BACK", "DRILL")
                .getBytes(StandardCharsets.UTF_8));
    assertUnverified(OLD, "a seal that does not fit");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noBitOfAMarkCanChange(boolean encrypted) {
    take(encrypted);
    long bits = 8L * fixture.store.bytes(mark(OLD)).length;
    for (long bit = 0; bit < bits; bit += 7) { // every place in a byte has its turn
      fixture.store.flip(mark(OLD), bit);
      assertThat(listed(OLD).trust()).as("bit %s", bit).isEqualTo(Trust.UNVERIFIED);
      fixture.store.flip(mark(OLD), bit);
    }
    assertThat(listed(OLD).trust()).isEqualTo(Trust.VERIFIED);
  }

  @Test
  void aMarkDoesNotCountForAManifestThatWasExchanged() {
    String manifest = new Layout(BackupFixture.NAME, OLD).manifest();
    fixture.store.change(
        manifest,
        bytes ->
            new String(bytes, StandardCharsets.UTF_8)
                .replace("2026-11-24T12:00:00Z", "2026-11-26T12:00:00Z")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(listed(OLD).snapshot()).isEqualTo(BackupFixture.NOW);
    assertUnverified(OLD, "is about another manifest");
  }

  @Test
  void withAnotherKeyNothingThatMayBeProtectedIsPrunedAndNothingIsPromoted() {
    fixture.readBack(NEW);
    fixture.take(BackupFixture.ID, BackupFixture.NOW);
    String right = fixture.keyset;
    fixture.keyset = Keysets.create();
    Listed unknown = listed(NEW);
    assertThat(unknown.trust()).isEqualTo(Trust.UNKNOWN);
    assertThat(unknown.doubt().orElseThrow()).contains("cannot be checked", "it needs the key");
    fault(FaultCode.KEY_WRONG, () -> find(new Which.Newest(true)))
        .contains(NEW, "it needs the key");
    assertThat(find(Which.LATEST)).isEqualTo(BackupFixture.ID);
    assertThat(fixture.vault().pruning(BackupFixture.NAME).plan(fixture.retention))
        .extracting(Decision::verdict)
        .containsOnly(Verdict.KEPT);

    fixture.keyset = right;
    assertThat(fixture.vault().pruning(BackupFixture.NAME).plan(fixture.retention))
        .extracting(Decision::verdict)
        .containsExactly(Verdict.KEPT, Verdict.KEPT, Verdict.PRUNED);
  }

  @Test
  void rotationOfTheWrappingKeyKeepsMarks() throws GeneralSecurityException {
    fixture.keyset = Keysets.rotate(fixture.keyset);
    assertThat(fixture.vault().rotation().rewrap(BackupFixture.NAME)).isEqualTo(2);
    assertThat(listed(OLD).trust()).isEqualTo(Trust.VERIFIED);
  }

  private void assertUnverified(String id, String... words) {
    Listed listed = listed(id);
    assertThat(listed.trust()).isEqualTo(Trust.UNVERIFIED);
    assertThat(listed.verifications()).isEmpty();
    assertThat(listed.doubt().orElseThrow()).contains(mark(id)).contains(words);
  }

  private static String mark(String id) {
    return new Layout(BackupFixture.NAME, id).verified();
  }

  private Listed listed(String id) {
    return fixture.vault().catalogue(BackupFixture.NAME).find(new Which.Id(id));
  }

  private String find(Which which) {
    return fixture.vault().catalogue(BackupFixture.NAME).find(which).id();
  }

  /** As versions wrote it that did not seal it. */
  private record OldContent(int version, List<Verified> verified) {}
}
