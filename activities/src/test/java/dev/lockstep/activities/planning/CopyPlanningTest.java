package dev.lockstep.activities.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CopyPlanningTest {
  private static final String DATABASES =
      """
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: shop}
      spec:
        engine: postgresql
        connection: {service: {namespace: shop, name: postgres, port: 5432}, database: shop}
      ---
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: copy}
      spec: {engine: postgresql, connection: {url: "jdbc:postgresql://127.0.0.1:5432/copy"}}
      """;
  private static final String DRILL =
      """
      {"apiVersion": "lockstep.dev/v1", "kind": "Drill", "metadata": {"name": "shop-drill"},
       "spec": {"of": "nightly", "into": {"database": "copy"}}}
      """;

  private final FakeBackups backups = new FakeBackups();
  private final Clock clock = Clock.fixed(Instant.parse("2026-11-26T02:00:00Z"), ZoneOffset.UTC);
  private final CopyPlanning planning = new CopyPlanning(this::known, backups, clock);

  private Definitions known() {
    return Definitions.load(
        List.of(
            Source.ofText("databases.yaml", DATABASES),
            Source.ofText("store.yaml", FakeBackups.STORE),
            Source.ofText("backup.yaml", FakeBackups.BACKUP)));
  }

  private static ObjectNode inline(String definition) {
    ObjectNode request = Wire.mapper().createObjectNode();
    request.set("definition", json(definition));
    return request;
  }

  private static JsonNode json(String text) {
    try {
      return Wire.mapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static String restore(String spec) {
    return """
        {"apiVersion": "lockstep.dev/v1", "kind": "Restore", "metadata": {"name": "shop-copy"},
         "spec": %s}
        """
        .formatted(spec);
  }

  private Prepared prepare(String kind, ObjectNode request) {
    return planning.prepare(kind, PlanRequest.read(request));
  }

  private ApplicationFailure refusal(String kind, ObjectNode request) {
    return catchThrowableOfType(ApplicationFailure.class, () -> prepare(kind, request));
  }

  @Test
  void aBackupGetsTheTimeAsItsIdAndUsesWhatTheWorkerKnows() {
    Prepared prepared = prepare("Backup", inline(FakeBackups.BACKUP));

    assertThat(prepared.run()).isEqualTo(new RunKey("nightly/20261126T020000Z"));
    assertThat(prepared.database().name()).isEqualTo("shop");
    assertThat(prepared.kind()).isEqualTo("Backup");
    assertThat(prepared.copy().orElseThrow().copy().store().name()).isEqualTo("safe");
  }

  @Test
  void aBackupByNameIsTheSameAsTheSameGiven() {
    ObjectNode named = Wire.mapper().createObjectNode().put("name", "nightly");

    assertThat(prepare("Backup", named)).isEqualTo(prepare("Backup", inline(FakeBackups.BACKUP)));
  }

  @Test
  void aRestoreIsAboutTheBackupThatWasFoundAndKeepsItsKey() {
    backups.verified("20261125T020000Z");

    Prepared prepared =
        prepare(
            "Restore",
            inline(
                restore(
                    "{\"from\": {\"backup\": \"nightly\"}, \"into\": {\"database\": \"copy\"}}")));

    assertThat(prepared.run()).isEqualTo(new RunKey("restore/shop-copy"));
    assertThat(prepared.database().name()).isEqualTo("copy");
    assertThat(prepared.copy().orElseThrow().copy().id()).isEqualTo("20261125T020000Z");
  }

  @Test
  void aRestoreInPlaceTakesARestorePointFirst() {
    backups.verified("20261125T020000Z");

    Prepared prepared =
        prepare(
            "Restore",
            inline(
                restore(
                    "{\"from\": {\"backup\": \"nightly\"}, \"into\": {\"database\": \"shop\"}, \"inPlace\": true}")));

    List<BackupStep> taken =
        prepared.plan().steps().stream()
            .map(PlannedStep::action)
            .map(action -> ((Action.OfBackup) action).step())
            .filter(BackupStep.Take.class::isInstance)
            .toList();
    assertThat(taken)
        .singleElement()
        .isInstanceOfSatisfying(
            BackupStep.Take.class,
            take -> assertThat(take.copy().id()).isEqualTo("20261126T020000Z"));
  }

  @Test
  void aNewStatefulSetIsReachedThroughItsOwnService() {
    backups.verified("20261125T020000Z");

    Prepared prepared =
        prepare(
            "Restore",
            inline(
                restore(
                    "{\"from\": {\"backup\": \"nightly\"}, \"into\": {\"statefulSet\": {\"namespace\": \"shop\", \"name\": \"postgres-new\", \"like\": \"postgres\"}}}")));

    assertThat(prepared.database().connection().toString()).contains("postgres-new", "shop");
  }

  @Test
  void aDrillOfNothingSaysWhatIsMissing() {
    ApplicationFailure refusal = refusal("Drill", inline(DRILL));

    assertThat(refusal.getType()).isEqualTo(FaultCode.BACKUP_UNKNOWN.name());
  }

  @Test
  void aDrillIsPlannedForTheBackupThatWasFound() {
    backups.verified("20261125T020000Z");

    Prepared prepared = prepare("Drill", inline(DRILL));

    assertThat(prepared.run()).isEqualTo(new RunKey("drill/shop-drill"));
    assertThat(prepared.copy().orElseThrow().copy().id()).isEqualTo("20261125T020000Z");
  }

  @Test
  void aStoreThatNobodyKnowsIsNamed() {
    String other = FakeBackups.BACKUP.replace("\"safe\"", "\"vault\"");

    ApplicationFailure refusal = refusal("Backup", inline(other));

    assertThat(refusal.getType()).isEqualTo(FaultCode.DEFINITION_UNKNOWN.name());
    assertThat(refusal).hasMessageContaining("vault");
  }

  @Test
  void anotherKindThanTheWorkflowIsForIsRefused() {
    ApplicationFailure refusal = refusal("Restore", inline(FakeBackups.BACKUP));

    assertThat(refusal.getType()).isEqualTo(FaultCode.DEFINITION_WRONG.name());
    assertThat(refusal).hasMessageContaining("Restore");
  }
}
