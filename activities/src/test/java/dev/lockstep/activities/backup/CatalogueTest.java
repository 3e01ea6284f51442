package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lockstep.activities.backup.Listing.Leftover;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.workflows.fault.FaultCode;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  private static final String OLD = "20261101T020000Z";
  private static final String MIDDLE = "20261102T020000Z";
  private static final String NEW = "20261103T020000Z";

  private final BackupFixture fixture = BackupFixture.encrypted();

  @BeforeEach
  void take() {
    fixture.engine.part("a.sql", () -> Rows.of(10));
    fixture.take(MIDDLE, Instant.parse("2026-11-02T02:00:00Z"));
    fixture.take(NEW, Instant.parse("2026-11-03T02:00:00Z"));
    fixture.take(OLD, Instant.parse("2026-11-01T02:00:00Z"));
    fixture.readBack(OLD);
    fixture.readBack(MIDDLE);
  }

  @Test
  void theNewestStandsFirst() {
    assertThat(listing().complete())
        .extracting(Listed::id, Listed::isVerified)
        .containsExactly(tuple(NEW, false), tuple(MIDDLE, true), tuple(OLD, true));
  }

  @Test
  void eachWayOfAskingFindsItsOwn() {
    assertThat(find(Which.LATEST)).isEqualTo(NEW);
    assertThat(find(new Which.Newest(true))).isEqualTo(MIDDLE);
    assertThat(find(new Which.Id(OLD))).isEqualTo(OLD);
    assertThat(find(new Which.Before(Instant.parse("2026-11-02T02:00:00Z")))).isEqualTo(MIDDLE);
    assertThat(find(new Which.Before(Instant.parse("2026-11-02T01:59:59Z")))).isEqualTo(OLD);
  }

  @Test
  void whatIsNotThereNamesWhatIs() {
    fault(FaultCode.BACKUP_UNKNOWN, () -> find(new Which.Id("20261204T020000Z")))
        .isEqualTo(
            "store in memory has no backup of shop-nightly with the id 20261204T020000Z; there is: "
                + NEW
                + ", "
                + MIDDLE
                + " (verified), "
                + OLD
                + " (verified)");
    fault(FaultCode.BACKUP_UNKNOWN, () -> find(new Which.Before(Instant.EPOCH)))
        .contains("as old as 1970-01-01T00:00:00Z", NEW);
    fault(
            FaultCode.BACKUP_UNKNOWN,
            () -> fixture.vault().read(BackupFixture.NAME, "20261204T020000Z"))
        .contains("with the id 20261204T020000Z; there is: " + NEW);
    fault(
            FaultCode.BACKUP_UNKNOWN,
            () -> fixture.vault().catalogue("shop").find(new Which.Newest(true)))
        .isEqualTo("store in memory has no backup of shop that was verified; there is: none");
  }

  @Test
  void whatHasNoManifestIsNoBackup() {
    fixture.store.delete(new Layout(BackupFixture.NAME, NEW).manifest());
    assertThat(listing().complete()).extracting(Listed::id).containsExactly(MIDDLE, OLD);
    assertThat(listing().leftovers())
        .containsExactly(new Leftover(NEW, 2, Instant.parse("2026-11-26T12:00:00Z")));
  }

  @Test
  void aManifestThatSaysNothingHidesNoOther() {
    fixture.store.change(new Layout(BackupFixture.NAME, NEW).manifest(), any -> new byte[] {'{'});
    assertThat(listing().complete()).extracting(Listed::id).containsExactly(MIDDLE, OLD);
    assertThat(listing().unreadable())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.id()).isEqualTo(NEW);
              assertThat(one.reason()).contains("manifest.json", "damaged");
            });
    assertThat(listing().leftovers()).isEmpty();
    fault(FaultCode.BACKUP_UNKNOWN, () -> find(new Which.Id(NEW)))
        .contains(NEW + " cannot be read: the object");
  }

  @Test
  void othersBackupsAndStrayObjectsAreNotSeen() {
    fixture.store.put("shop-nightly/README", new byte[1], Existing.REPLACED);
    fixture.store.put("shop-nightly-2/1/manifest.json", new byte[1], Existing.REPLACED);
    assertThat(listing().complete()).hasSize(3);
    assertThat(listing().unreadable()).isEmpty();
    assertThat(listing().leftovers()).isEmpty();
  }

  @Test
  void verificationsAddUp() {
    Verified drill =
        new Verified(Instant.parse("2026-11-26T13:00:00Z"), Verified.How.DRILL, "drill/1");
    fixture.vault().markVerified(BackupFixture.NAME, OLD, drill);
    assertThat(
            fixture.vault().catalogue(BackupFixture.NAME).find(new Which.Id(OLD)).verifications())
        .containsExactly(
            new Verified(BackupFixture.NOW, Verified.How.READ_BACK, "shop-nightly/1"), drill);
    fixture.store.change(new Layout(BackupFixture.NAME, OLD).verified(), any -> new byte[] {'{'});
    assertThat(fixture.vault().catalogue(BackupFixture.NAME).find(new Which.Id(OLD)).isVerified())
        .as("what cannot be read proves nothing")
        .isFalse();
  }

  private Listing listing() {
    return fixture.vault().catalogue(BackupFixture.NAME).list();
  }

  private String find(Which which) {
    return fixture.vault().catalogue(BackupFixture.NAME).find(which).id();
  }
}
