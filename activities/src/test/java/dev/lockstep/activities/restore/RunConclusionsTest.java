package dev.lockstep.activities.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.storage.FaultyStore;
import dev.lockstep.activities.storage.MemoryStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.Conclusion;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of the ends of runs. */
final class RunConclusionsTest {
  private static final String KEY = "drills/shop-drill/20261125T200000Z-20261126T020000Z.json";

  /** The faults that say that the backup, or its key, is not what it should be. */
  private static final Set<FaultCode> OF_THE_BACKUP =
      Set.of(
          FaultCode.BACKUP_DAMAGED,
          FaultCode.LOAD_FAILED,
          FaultCode.ROWS_DIFFER,
          FaultCode.ANSWER_UNEXPECTED,
          FaultCode.KEY_WRONG,
          FaultCode.OBJECTIVE_MISSED);

  private final FaultyStore store = new FaultyStore(new MemoryStore());
  private final MemoryBackup backup = new MemoryBackup();
  private final TestKey key = TestKey.make("Ed25519");
  private String pem = key.privatePem();

  private final RunConclusions conclusions =
      new RunConclusions(
          opened -> store,
          backup,
          reference -> {
            assertThat(reference).isEqualTo(Ends.KEY);
            return pem;
          });

  @Test
  void aDrillThatSucceedsLeavesSignedEvidenceAndMarksTheBackup() throws IOException {
    conclusions.conclude(Ends.succeeded(Ends.drill()));

    assertThat(store.keys()).containsExactly(KEY);
    JsonNode json = Wire.mapper().readTree(store.bytes(KEY));
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "version",
            "drill",
            "run",
            "backup",
            "id",
            "manifestSha256",
            "started",
            "ended",
            "verdict",
            "rto",
            "rpo",
            "checks",
            "steps",
            "signature");
    assertThat(json.path("verdict").asText()).isEqualTo("verified");
    assertThat(json.path("ended").asText()).isEqualTo("2026-11-26T02:33:00Z");
    assertThat(json.path("rto").toString())
        .isEqualTo("{\"measured\":\"PT20M\",\"objective\":\"PT30M\",\"met\":true}");
    assertThat(json.path("rpo").toString())
        .isEqualTo("{\"measured\":\"PT6H\",\"objective\":\"PT24H\",\"met\":true}");
    assertThat(json.path("checks").toString())
        .isEqualTo("[{\"name\":\"recent\",\"state\":\"DONE\"}]");
    assertThat(json.path("signature").path("algorithm").asText()).isEqualTo("Ed25519");
    assertThat(EvidenceCheck.verify(store.bytes(KEY), Optional.of(key.publicPem())))
        .satisfies(result -> assertThat(result.problems()).isEmpty());
    assertThat(backup.verified)
        .containsExactly("shop-nightly/20261125T200000Z by shop-drill/7 at 2026-11-26T02:33:00Z");
  }

  @Test
  void concludedTwiceItIsTheSame() {
    conclusions.conclude(Ends.succeeded(Ends.drill()));
    byte[] first = store.bytes(KEY);

    conclusions.conclude(Ends.succeeded(Ends.drill()));

    assertThat(store.bytes(KEY)).isEqualTo(first);
  }

  @Test
  void otherEvidenceUnderTheSameKeyIsNotReplaced() {
    conclusions.conclude(Ends.failed(Ends.drill(), FaultCode.ROWS_DIFFER));

    assertThatThrownBy(() -> conclusions.conclude(Ends.succeeded(Ends.drill())))
        .extracting("type")
        .isEqualTo("OBJECT_EXISTS");
    assertThat(evidence().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(backup.verified).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(FaultCode.class)
  void everyFaultHasItsVerdict(FaultCode code) {
    conclusions.conclude(Ends.failed(Ends.drill(), code));

    assertThat(evidence().verdict())
        .isEqualTo(OF_THE_BACKUP.contains(code) ? Verdict.FAILED : Verdict.COULD_NOT_VERIFY);
    assertThat(evidence().fault()).map(Fault::code).contains(code);
    assertThat(evidence().rto().measured()).isEmpty();
    assertThat(backup.verified).isEmpty();
    assertValid();
  }

  @Test
  void aMissedObjectiveIsAFailure() {
    assertMissed(Duration.ofMinutes(19), Duration.ofHours(24), "restored in PT20M");
    assertThat(evidence().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(evidence().rto().met()).contains(false);
    assertThat(evidence().rpo().met()).contains(true);
    assertValid();

    store.clear();
    assertMissed(Duration.ofMinutes(20), Duration.ofHours(5), "old by PT6H");
    assertThat(evidence().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(evidence().rto().met()).contains(true);
    assertThat(evidence().rpo().met()).contains(false);
    assertThat(backup.verified).isEmpty();
  }

  /** The evidence is written first, and the same again where it is asked for again. */
  private void assertMissed(Duration rto, Duration rpo, String words) {
    for (int call = 0; call < 2; call++) {
      assertThatThrownBy(() -> conclusions.conclude(Ends.succeeded(Ends.drill(rto, rpo))))
          .hasMessageContaining(words)
          .extracting("type")
          .isEqualTo("OBJECTIVE_MISSED");
    }
  }

  @Test
  void aCheckThatWasNotAskedProvesNothing() {
    conclusions.conclude(
        Ends.end(
            Ends.drill(), RunState.SUCCEEDED, Ends.steps(StepState.SKIPPED), Optional.empty()));

    assertThat(evidence().verdict()).isEqualTo(Verdict.COULD_NOT_VERIFY);
    assertThat(evidence().checks())
        .containsExactly(new Evidence.CheckResult("recent", StepState.SKIPPED));
  }

  @Test
  void aBackupWhoseManifestIsGoneIsNotVerified() {
    backup.closed = Optional.of(Faults.failure(FaultCode.BACKUP_UNKNOWN, "gone", ""));

    conclusions.conclude(Ends.succeeded(Ends.drill()));

    assertThat(evidence().verdict()).isEqualTo(Verdict.COULD_NOT_VERIFY);
    assertThat(evidence().manifestSha256()).isEmpty();
    assertThat(evidence().rpo().measured()).isEmpty();
  }

  @Test
  void whatPassesIsTriedAgain() {
    backup.closed = Optional.of(Faults.failure(FaultCode.SERVER_UNREACHABLE, "away", ""));
    assertThatThrownBy(() -> conclusions.conclude(Ends.succeeded(Ends.drill())))
        .extracting("type")
        .isEqualTo("SERVER_UNREACHABLE");

    backup.closed = Optional.empty();
    store.failFrom(1);
    assertThatThrownBy(() -> conclusions.conclude(Ends.succeeded(Ends.drill())))
        .extracting("type")
        .isEqualTo("SERVER_UNREACHABLE");
    assertThat(backup.verified).isEmpty();
  }

  @Test
  void withoutAKeyEvidenceIsKeptUnsigned() {
    conclusions.conclude(Ends.succeeded(Ends.unsigned()));

    assertThat(evidence().verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(evidence().signature()).isEmpty();
    assertThat(EvidenceCheck.verify(store.bytes(KEY), Optional.empty()).problems())
        .containsExactly("signature: it is not signed");
  }

  @Test
  void aKeyThatIsNoneIsSaidWithoutAWordOfIt() {
    for (String wrong : List.of("hunter2", TestKey.make("RSA").privatePem(), key.publicPem(), "")) {
      pem = wrong;
      assertThatThrownBy(() -> conclusions.conclude(Ends.succeeded(Ends.drill())))
          .hasMessageContaining("is no Ed25519 key in PEM (PKCS #8)")
          .hasMessageNotContaining("hunter2")
          .extracting("type")
          .isEqualTo("KEY_WRONG");
    }
    assertThat(store.keys()).isEmpty();
  }

  @Test
  void historyBeginsWithTheNewest() {
    Drill drill = Ends.unsigned();
    for (int day : List.of(2, 3, 1)) {
      Conclusion end = Ends.succeeded(drill);
      conclusions.conclude(
          new Conclusion(
              end.scope(),
              drill,
              end.copy(),
              end.state(),
              Ends.STARTED.plus(Duration.ofDays(day)),
              List.of(),
              Optional.empty()));
    }
    store.put("drills/shop-drill/broken.json", new byte[] {'{'}, Existing.REFUSED);
    store.put("drills/shop-drill-2/other.json", new byte[] {'{'}, Existing.REFUSED);

    List<DrillHistory.Past> history = DrillHistory.read(store, "shop-drill");

    assertThat(history)
        .extracting(past -> past.evidence().map(Evidence::started))
        .containsExactly(
            Optional.of(Instant.parse("2026-11-29T02:00:00Z")),
            Optional.of(Instant.parse("2026-11-28T02:00:00Z")),
            Optional.of(Instant.parse("2026-11-27T02:00:00Z")),
            Optional.empty());
    assertThat(history.get(3).key()).isEqualTo("drills/shop-drill/broken.json");
  }

  @Test
  void ofABackupAndARestoreAShortRecordIsKept() throws IOException {
    conclusions.conclude(
        Ends.end(
            Scene.COPY.backup(), RunState.SUCCEEDED, Ends.steps(StepState.DONE), Optional.empty()));
    conclusions.conclude(
        Ends.end(
            restore(),
            RunState.FAILED,
            List.of(),
            Optional.of(Fault.of(FaultCode.LOAD_FAILED, "no", "load"))));

    assertThat(store.keys())
        .containsExactly(
            "runs/backup/shop-nightly/20261125T200000Z.json",
            "runs/restore/shop-copy/20261125T200000Z-20261126T020000Z.json");
    assertThat(
            Wire.mapper()
                .readTree(store.bytes("runs/backup/shop-nightly/20261125T200000Z.json"))
                .toString())
        .isEqualTo(
            "{\"state\":\"SUCCEEDED\",\"started\":\"2026-11-26T02:00:00Z\","
                + "\"ended\":\"2026-11-26T02:33:00Z\",\"figures\":{\"durationMillis\":1980000}}");
  }

  @Test
  void aRecordThatCannotBeWrittenFailsNobody() {
    store.failFrom(1);

    assertThatCode(
            () ->
                conclusions.conclude(
                    Ends.end(restore(), RunState.SUCCEEDED, List.of(), Optional.empty())))
        .doesNotThrowAnyException();
  }

  private static Restore restore() {
    return new Restore(
        "shop-copy",
        "shop-nightly",
        Which.LATEST,
        new RestoreTarget.Existing("shop-copy"),
        List.of(),
        List.of(),
        Optional.empty(),
        false);
  }

  private Evidence evidence() {
    return EvidenceCheck.verify(store.bytes(KEY), Optional.empty()).evidence().orElseThrow();
  }

  private void assertValid() {
    assertThat(EvidenceCheck.verify(store.bytes(KEY), Optional.of(key.publicPem())).problems())
        .isEmpty();
  }
}
