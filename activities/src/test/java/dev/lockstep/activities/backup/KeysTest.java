package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeysTest {
  private static final List<String> IDS =
      List.of("20261101T020000Z", "20261102T020000Z", "20261103T020000Z");

  private final BackupFixture fixture = BackupFixture.encrypted();

  @Test
  void anotherKeyIsOneSentenceThatNamesBoth() throws GeneralSecurityException {
    takeAll();
    String wanted = Keysets.read(fixture.keyset, "a test").primary();
    fixture.keyset = Keysets.create();
    String had = Keysets.read(fixture.keyset, "a test").primary();
    fault(FaultCode.KEY_WRONG, () -> fixture.readBack(IDS.get(0)))
        .isEqualTo(
            "backup shop-nightly/20261101T020000Z in store safe cannot be opened: it needs the key"
                + " "
                + wanted
                + ", and the store has the keyset in the variable BACKUP_KEY with "
                + had
                + ".");
  }

  @Test
  void whatIsNoKeysetIsSaidBeforeAnythingIsWrittenAndNeverQuoted() throws GeneralSecurityException {
    fixture.engine.part("a.sql", () -> Rows.of(10));
    String streaming =
        TinkJsonProtoKeysetFormat.serializeKeyset(
            KeysetHandle.generateNew(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB),
            InsecureSecretKeyAccess.get());
    for (String text : List.of("", "hunter2", "{\"hunter2\": 1}", "aHVudGVyMg==", streaming)) {
      fixture.keyset = text;
      BackupStep.Preflight step = new BackupStep.Preflight(fixture.copy(BackupFixture.ID));
      fault(FaultCode.KEY_WRONG, () -> fixture.activities().preflight(fixture.scope, step))
          .isEqualTo(
              "what is in the variable BACKUP_KEY, the key of store safe, is no Tink keyset for"
                  + " authenticated encryption.");
      fault(FaultCode.KEY_WRONG, () -> fixture.take(BackupFixture.ID)).doesNotContain("hunter2");
    }
    assertThat(fixture.store.keys()).isEmpty();
    assertThat(fixture.engine.begun()).isZero();
  }

  @Test
  void theBinaryFormInBase64IsTheSameKey() throws GeneralSecurityException {
    takeAll();
    KeysetHandle keys =
        TinkJsonProtoKeysetFormat.parseKeyset(fixture.keyset, InsecureSecretKeyAccess.get());
    fixture.keyset =
        Base64.getEncoder()
            .encodeToString(
                TinkProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()));
    fixture.readBack(IDS.get(0));
  }

  @Test
  void aKeyOfAnotherBackupDoesNotFit() {
    takeAll();
    fixture.store.change(
        new Layout(BackupFixture.NAME, IDS.get(0)).key(),
        any -> fixture.store.bytes(new Layout(BackupFixture.NAME, IDS.get(1)).key()));
    fault(FaultCode.BACKUP_DAMAGED, () -> fixture.readBack(IDS.get(0))).contains("key.json");
  }

  @Test
  void aStoreWithoutKeySaysSo() {
    takeAll();
    BackupFixture plain = BackupFixture.plain();
    try (Vault vault =
        new Vaults(definition -> fixture.store, reference -> "").open(plain.definition())) {
      fault(FaultCode.KEY_WRONG, () -> vault.read(BackupFixture.NAME, IDS.get(0)))
          .contains("is encrypted, and store safe has no key");
    }
  }

  @Test
  void rotationLeavesTheDataAndLetsTheOldKeyGo() throws GeneralSecurityException {
    takeAll();
    Map<String, byte[]> before = data();
    String old = fixture.keyset;
    fixture.keyset = Keysets.rotate(old);
    IDS.forEach(fixture::readBack);
    assertThat(fixture.vault().rotation().rewrap(BackupFixture.NAME)).isEqualTo(3);
    assertThat(fixture.vault().rotation().rewrap(BackupFixture.NAME)).isZero();
    assertThat(data()).containsExactlyInAnyOrderEntriesOf(before);

    fixture.keyset = withoutOldKeys(fixture.keyset);
    IDS.forEach(fixture::readBack);
    fixture.keyset = old;
    fault(FaultCode.KEY_WRONG, () -> fixture.readBack(IDS.get(0))).contains("it needs the key");
  }

  @Test
  void aRotationThatIsKilledAnywhereCanBeMadeAgain() throws GeneralSecurityException {
    takeAll();
    for (int call = 1; call < 30; call++) {
      fixture.keyset = Keysets.rotate(fixture.keyset);
      fixture.store.failFrom(call);
      try {
        assertThat(fixture.vault().rotation().rewrap(BackupFixture.NAME)).isEqualTo(3);
      } catch (ApplicationFailure e) {
        assertThat(e.getType()).isEqualTo("SERVER_UNREACHABLE");
      }
      fixture.store.recover();
      IDS.forEach(fixture::readBack);
      assertThat(fixture.vault().rotation().rewrap(BackupFixture.NAME)).isBetween(0, 3);
      fixture.keyset = withoutOldKeys(fixture.keyset);
      IDS.forEach(fixture::readBack);
    }
  }

  @Test
  void aKeyThatIsMissingIsDamage() {
    takeAll();
    fixture.store.delete(new Layout(BackupFixture.NAME, IDS.get(0)).key());
    fault(FaultCode.BACKUP_DAMAGED, () -> fixture.readBack(IDS.get(0)))
        .contains("key.json", "missing");
  }

  @Test
  void noKeysetIsRotatedFromNothing() {
    assertThatThrownBy(() -> Keysets.rotate("hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  private void takeAll() {
    fixture.engine.part("a.sql", () -> Rows.of(1000));
    IDS.forEach(fixture::take);
  }

  private Map<String, byte[]> data() {
    Map<String, byte[]> data = new HashMap<>();
    fixture.store.keys().stream()
        .filter(key -> key.contains("/data/") || key.endsWith("manifest.json"))
        .forEach(key -> data.put(key, fixture.store.bytes(key)));
    return data;
  }

  private static String withoutOldKeys(String keyset) throws GeneralSecurityException {
    KeysetHandle all = TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
    return TinkJsonProtoKeysetFormat.serializeKeyset(
        KeysetHandle.newBuilder()
            .addEntry(
                KeysetHandle.importKey(all.getPrimary().getKey())
                    .withFixedId(all.getPrimary().getId())
                    .makePrimary())
            .build(),
        InsecureSecretKeyAccess.get());
  }
}
