package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not as it was written is found, and named. */
final class DamageRealIT {
  private static final List<String> FAULTS =
      List.of("BACKUP_DAMAGED", "KEY_WRONG", "BACKUP_UNKNOWN");

  private BackupFixture fixture = BackupFixture.encrypted();

  @BeforeEach
  void take() {
    take(true);
  }

  private void take(boolean encrypted) {
    fixture = encrypted ? BackupFixture.encrypted() : BackupFixture.plain();
    fixture.engine.part("a.sql", () -> Rows.of(3_000_000));
    fixture.engine.part("b.sql", () -> Rows.of(2_000_000));
    fixture.engine.compressedPart("c.dump", () -> RoundTripTest.noise(1_500_000));
    fixture.take(BackupFixture.ID);
    fixture.readBack(BackupFixture.ID);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFlippedBitIsFoundInEveryObject(boolean encrypted) {
    take(encrypted);
    Random random = new Random(1);
    for (String key : List.copyOf(fixture.store.keys())) {
      if (key.equals(fixture.layout().verified())) {
        continue;
      }
      long bits = 8L * fixture.store.bytes(key).length;
      for (int i = 0; i < 5; i++) {
        long bit = i == 0 ? 0 : i == 1 ? bits - 1 : random.nextLong(bits);
        fixture.store.flip(key, bit);
        Throwable thrown = catchThrowable(() -> fixture.readBack(BackupFixture.ID));
        assertThat(thrown).as("bit %s of %s", bit, key).isInstanceOf(ApplicationFailure.class);
        assertThat(((ApplicationFailure) thrown).getType()).isIn(FAULTS);
        if (key.startsWith(fixture.layout().data())) {
          assertThat(((ApplicationFailure) thrown).getType()).isEqualTo("BACKUP_DAMAGED");
          assertThat(thrown).hasMessageContaining(key);
        }
        fixture.store.flip(key, bit);
      }
    }
    fixture.readBack(BackupFixture.ID);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noBitOfManifestOrKeyCanChange(boolean encrypted) {
    take(encrypted);
    for (String key : List.of(fixture.layout().manifest(), fixture.layout().key())) {
      if (!fixture.store.keys().contains(key)) {
        assertThat(encrypted).isFalse();
        continue;
      }
      long bits = 8L * fixture.store.bytes(key).length;
      for (long bit = 0; bit < bits; bit += 7) { // every place in a byte has its turn
        fixture.store.flip(key, bit);
        Throwable thrown = catchThrowable(this::open);
        assertThat(thrown).as("bit %s of %s", bit, key).isInstanceOf(ApplicationFailure.class);
        assertThat(((ApplicationFailure) thrown).getType()).isIn(FAULTS);
        fixture.store.flip(key, bit);
      }
    }
    open();
  }

  @Test
  void aManifestThatSomebodyWroteAnewIsRefused() {
    Manifest manifest = open().manifest();
    Manifest other = manifest.sealed(Optional.empty());
    String digest = Digests.hex(Digests.sha256().digest(Documents.write(other)));
    fixture.store.change(
        fixture.layout().manifest(),
        bytes -> Documents.write(other.sealed(Optional.of("sha256:" + digest))));
    fault(FaultCode.BACKUP_DAMAGED, this::open).contains("manifest.json", "seal");
  }

  @Test
  void aBackupExchangedForOneThatIsNotEncryptedIsRefused() {
    BackupFixture forged = BackupFixture.plain();
    forged.engine.part("a.sql", () -> Rows.of(10));
    forged.take(BackupFixture.ID);
    fixture.store.clear();
    for (String key : forged.store.keys()) {
      fixture.store.put(key, forged.store.bytes(key), Existing.REPLACED);
    }
    fault(FaultCode.BACKUP_DAMAGED, this::open).contains("nothing is encrypted", "safe");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTruncatedObjectIsFoundAndNamed(boolean encrypted) {
    take(encrypted);
    String key = open().manifest().objects().get(1).key();
    int length = fixture.store.bytes(key).length;
    for (int cut : new int[] {0, 1, length / 2, length - 1}) {
      byte[] whole = fixture.store.bytes(key);
      fixture.store.truncate(key, cut);
      fault(FaultCode.BACKUP_DAMAGED, () -> fixture.readBack(BackupFixture.ID))
          .contains(key, cut + " bytes are stored, " + length + " were");
      fault(FaultCode.BACKUP_DAMAGED, () -> readAll(1)).contains(key);
      fixture.store.change(key, bytes -> whole);
    }
    fixture.store.truncate(key, length + 1);
    fault(FaultCode.BACKUP_DAMAGED, () -> readAll(1)).contains(key);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMissingObjectIsFoundAndNamed(boolean encrypted) {
    take(encrypted);
    String key = open().manifest().objects().get(2).key();
    fixture.store.delete(key);
    fault(FaultCode.BACKUP_DAMAGED, () -> fixture.readBack(BackupFixture.ID))
        .contains(key, "missing");
    fault(FaultCode.BACKUP_DAMAGED, () -> readAll(2)).contains(key, "missing");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exchangedObjectsAreFound(boolean encrypted) {
    take(encrypted);
    String first = open().manifest().objects().get(0).key();
    String second = open().manifest().objects().get(1).key();
    byte[] bytes = fixture.store.bytes(first);
    fixture.store.change(first, any -> fixture.store.bytes(second));
    fixture.store.change(second, any -> bytes);
    fault(FaultCode.BACKUP_DAMAGED, () -> fixture.readBack(BackupFixture.ID)).contains("a.sql");
    fault(FaultCode.BACKUP_DAMAGED, () -> readAll(0)).contains(first);
    fault(FaultCode.BACKUP_DAMAGED, () -> readAll(1)).contains(second);
  }

  @Test
  void anObjectOfAnotherBackupUnderTheSameNameIsFound() {
    fixture.take("20261127T020000Z");
    String key = new Layout(BackupFixture.NAME, "20261127T020000Z").encrypted("a.sql");
    fixture.store.change(fixture.layout().encrypted("a.sql"), any -> fixture.store.bytes(key));
    fault(FaultCode.BACKUP_DAMAGED, () -> readAll(0)).contains("a.sql");
  }

  @Test
  void aManifestOfAnotherBackupIsFound() {
    fixture.take("20261127T020000Z");
    String key = new Layout(BackupFixture.NAME, "20261127T020000Z").manifest();
    fixture.store.change(fixture.layout().manifest(), any -> fixture.store.bytes(key));
    fault(FaultCode.BACKUP_DAMAGED, this::open)
        .contains("it is the manifest of shop-nightly/20261127T020000Z");
  }

  @Test
  void aDamagedBackupDoesNotCountAsVerified() {
    fixture.store.delete(fixture.layout().verified());
    fixture.store.flip(fixture.layout().encrypted("a.sql"), 12345);
    fault(FaultCode.BACKUP_DAMAGED, () -> fixture.readBack(BackupFixture.ID)).contains("a.sql");
    assertThat(fixture.vault().catalogue(BackupFixture.NAME).list().complete())
        .allSatisfy(listed -> assertThat(listed.isVerified()).isFalse());
  }

  @Test
  void aVersionThatNobodyKnowsIsOneClearFault() {
    fixture.store.change(
        fixture.layout().manifest(),
        bytes ->
            new String(bytes, StandardCharsets.UTF_8)
                .replace("\"version\":1", "\"version\":7")
                .getBytes(StandardCharsets.UTF_8));
    fault(FaultCode.BACKUP_UNKNOWN, this::open)
        .contains("manifest.json has version 7", "a newer Lockstep wrote it");
  }

  private Reader open() {
    return fixture.vault().read(BackupFixture.NAME, BackupFixture.ID);
  }

  private void readAll(int part) throws IOException {
    Reader reader = open();
    try (InputStream content = reader.open(reader.manifest().objects().get(part))) {
      assertThat(content.transferTo(OutputStream.nullOutputStream())).isNegative();
    }
  }
}
