package dev.lockstep.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoundTripTest {
  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        255,
        16_328,
        16_329,
        16_384,
        MIB - 57,
        MIB - 1,
        MIB,
        MIB + 1,
        2 * MIB - 1,
        2 * MIB + 1,
        9 * MIB
      })
  void whatIsTakenIsReadEncryptedOrNot(int length) throws IOException {
    for (BackupFixture fixture :
        new BackupFixture[] {BackupFixture.plain(), BackupFixture.encrypted()}) {
      fixture.engine.part("rows.sql", () -> Rows.of(length));
      fixture.engine.compressedPart("noise.dump", () -> noise(length));
      fixture.take(BackupFixture.ID);
      fixture.readBack(BackupFixture.ID);
      try (Vault vault = fixture.vault()) {
        Reader reader = vault.read(BackupFixture.NAME, BackupFixture.ID);
        assertThat(reader.manifest().objects())
            .extracting(StoredPart::part, StoredPart::bytes, StoredPart::compressed)
            .containsExactly(
                tuple("rows.sql", (long) length, false), tuple("noise.dump", (long) length, true));
        same(reader, 0, Rows.of(length));
        same(reader, 1, noise(length));
      }
    }
  }

  @Test
  void aPartOfAnOlderBackupHasADigestOfTheDumpWhichIsCompared() throws IOException {
    BackupFixture fixture = BackupFixture.encrypted();
    fixture.engine.part("rows.sql", () -> Rows.of(MIB));
    fixture.take(BackupFixture.ID);
    try (Vault vault = fixture.vault()) {
      Reader reader = vault.read(BackupFixture.NAME, BackupFixture.ID);
      StoredPart part = reader.manifest().objects().get(0);
      assertThat(part.sha256()).isEmpty();
      try (MeasuredInput rows = new MeasuredInput(Rows.of(MIB));
          InputStream older = reader.open(older(part, rows.readAllBytes().length, rows))) {
        assertThat(older.readAllBytes()).hasSize(MIB);
      }
      try (MeasuredInput other = new MeasuredInput(Rows.of(MIB - 1));
          InputStream damaged = reader.open(older(part, other.readAllBytes().length, other))) {
        assertThatThrownBy(damaged::readAllBytes)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("the dump in it has the SHA-256 ");
      }
    }
  }

  private static StoredPart older(StoredPart part, int length, MeasuredInput dump) {
    assertThat(length).isPositive();
    return new StoredPart(
        part.part(),
        part.key(),
        part.bytes(),
        part.storedBytes(),
        part.storedSha256(),
        Optional.of(dump.sha256()),
        part.compressed());
  }

  @Test
  void theManifestSaysWhatWasTaken() {
    BackupFixture fixture = BackupFixture.encrypted();
    fixture.engine.part("rows.sql", () -> Rows.of(5000));
    fixture.engine.writeSentinel(BackupFixture.NAME, BackupFixture.ID, "abc");
    var outcome = fixture.take(BackupFixture.ID);

    Manifest manifest = fixture.vault().read(BackupFixture.NAME, BackupFixture.ID).manifest();
    assertThat(manifest.facts().position()).contains("0/1");
    assertThat(manifest.facts().endPosition()).as("known after the last part").contains("0/2");
    assertThat(manifest.facts().rows()).as("its lines").containsOnlyKeys("rows.sql");
    assertThat(manifest.facts().rows().get("rows.sql")).isPositive();
    assertThat(manifest.sentinel()).contains("abc");
    assertThat(manifest.definitionHash()).hasSize(64);
    assertThat(manifest.encryption().orElseThrow().algorithm()).isEqualTo("AES256_GCM_HKDF_16KB");
    assertThat(fixture.store.keys())
        .containsExactlyInAnyOrder(
            "shop-nightly/20261126T020000Z/manifest.json",
            "shop-nightly/20261126T020000Z/key.json",
            "shop-nightly/20261126T020000Z/data/rows.sql.zst.enc");
    assertThat(outcome.figures())
        .containsEntry("bytes", 5000L)
        .containsEntry("objects", 1L)
        .containsEntry(
            "storedBytes",
            (long) fixture.store.bytes(fixture.layout().encrypted("rows.sql")).length);
  }

  @Test
  void nothingOfTheDataCanBeReadWhereItIsEncrypted() {
    BackupFixture fixture = BackupFixture.encrypted();
    fixture.engine.compressedPart("noise.dump", () -> noise(5000));
    fixture.take(BackupFixture.ID);
    String stored =
        new String(
            fixture.store.bytes(fixture.layout().encrypted("noise.dump")),
            StandardCharsets.ISO_8859_1);
    byte[] noise = new byte[64];
    new Random(7).nextBytes(noise);
    assertThat(stored).doesNotContain(new String(noise, StandardCharsets.ISO_8859_1));
  }

  private static void same(Reader reader, int part, InputStream expected) throws IOException {
    try (InputStream content = reader.open(reader.manifest().objects().get(part))) {
      assertThat(Digests.hex(Digests.sha256().digest(content.readAllBytes())))
          .isEqualTo(Digests.hex(Digests.sha256().digest(expected.readAllBytes())));
    }
  }

  static InputStream noise(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return new ByteArrayInputStream(bytes);
  }
}
