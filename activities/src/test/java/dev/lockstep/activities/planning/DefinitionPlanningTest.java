package dev.lockstep.activities.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.postgres.PostgresLedgerActivities;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Claim;
import dev.lockstep.workflows.contract.Preparation;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.Settlement;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DefinitionPlanningTest {
  private final Database database = TestServer.newDatabase();
  private final Databases databases = TestServer.databases();
  private final FakeBackups backups = new FakeBackups();
  private final DefinitionPlanning planning =
      new DefinitionPlanning(databases, this::known, WorkloadObserver.NONE, backups);
  private final PostgresLedgerActivities ledger = new PostgresLedgerActivities(databases);

  @BeforeEach
  void createTable() {
    TestServer.execute(database, "CREATE TABLE orders (id bigint PRIMARY KEY, amount integer)");
  }

  @AfterEach
  void close() {
    databases.close();
    TestServer.drop(database);
  }

  @Test
  void aNamedDefinitionIsPlanned() {
    Prepared prepared =
        planning.prepare(
            new Preparation(json("{\"name\": \"add-note\"}"), "Migration", "migration/add-note"));

    assertThat(prepared.state()).isEqualTo(Prepared.State.PLANNED);
    assertThat(prepared.run()).isEqualTo(new RunKey("add-note/1"));
    assertThat(prepared.database().connection()).isEqualTo(database.connection());
    assertThat(prepared.plan().steps()).isNotEmpty();
    assertThat(prepared.planHash()).isEqualTo(Wire.hash(prepared.plan()));
    assertThat(prepared.definitionHash()).hasSize(64);
    assertThat(prepared.begun()).isEmpty();
  }

  @Test
  void planningChangesNothing() {
    planning.prepare("Migration", inline("note"));

    assertThat(ledgerExists()).isFalse();
  }

  @Test
  void anInlineDefinitionIsPlannedLikeANamedOne() {
    Prepared named = planning.prepare("Migration", json("{\"name\": \"add-note\"}"));
    Prepared given = planning.prepare("Migration", inline("note"));

    assertThat(given).isEqualTo(named);
  }

  @Test
  void anInlineMigrationMayUseADatabaseThatTheWorkerKnows() {
    ObjectNode request = (ObjectNode) inline("note");
    request.remove("databases");

    assertThat(planning.prepare("Migration", request).state()).isEqualTo(Prepared.State.PLANNED);
  }

  @Test
  void anUnfinishedRunGoesOnWithItsOwnPlan() {
    Prepared first = planning.prepare("Migration", inline("note"));
    claim(first);

    Prepared second = planning.prepare("Migration", inline("note"));

    assertThat(second.state()).isEqualTo(Prepared.State.RESUMED);
    assertThat(second.run()).isEqualTo(first.run());
    assertThat(second.plan()).isEqualTo(first.plan());
    assertThat(second.begun()).containsExactly(first.plan().steps().get(0).id());
  }

  @Test
  void anEditedDefinitionOfAnUnfinishedRunIsAConflictThatShowsTheDifference() {
    claim(planning.prepare("Migration", inline("note")));

    ApplicationFailure failure = failure(inline("remark"));

    assertThat(failure.getType()).isEqualTo("DEFINITION_CHANGED");
    assertThat(failure.getOriginalMessage())
        .contains("add-note/1", "--as-planned", "abort")
        .contains("\"note\" -> \"remark\"");
  }

  @Test
  void asPlannedTheUnfinishedRunGoesOnAllTheSame() {
    Prepared first = planning.prepare("Migration", inline("note"));
    claim(first);

    Prepared second =
        planning.prepare("Migration", ((ObjectNode) inline("remark")).put("asPlanned", true));

    assertThat(second.state()).isEqualTo(Prepared.State.RESUMED);
    assertThat(second.plan()).isEqualTo(first.plan());
    assertThat(second.definitionHash()).isEqualTo(first.definitionHash());
  }

  @Test
  void aRunThatIsBeingUndoneGoesOnUndoing() {
    Prepared first = planning.prepare("Migration", inline("note"));
    claim(first);
    ledger.beginUndo(scope(first));

    assertThat(planning.prepare("Migration", inline("remark")).state())
        .isEqualTo(Prepared.State.UNDOING);
  }

  @Test
  void whatSucceededIsAlreadyDone() {
    settle(RunState.SUCCEEDED);

    Prepared again = planning.prepare("Migration", inline("note"));

    assertThat(again.state()).isEqualTo(Prepared.State.ALREADY_DONE);
    assertThat(again.run()).isEqualTo(new RunKey("add-note/1"));
  }

  @Test
  void anEditedDefinitionAfterSuccessIsANewRun() {
    settle(RunState.SUCCEEDED);

    Prepared again = planning.prepare("Migration", inline("remark"));

    assertThat(again.state()).isEqualTo(Prepared.State.PLANNED);
    assertThat(again.run()).isEqualTo(new RunKey("add-note/2"));
  }

  @Test
  void whatWasRolledBackIsPlannedAgain() {
    settle(RunState.ROLLED_BACK);

    assertThat(planning.prepare("Migration", inline("note")).run())
        .isEqualTo(new RunKey("add-note/2"));
  }

  @Test
  void everyProblemOfAnInputIsNamed() {
    ApplicationFailure failure = failure(json("{\"nmae\": \"x\", \"dryRun\": 1}"));

    assertThat(failure.getType()).isEqualTo("DEFINITION_WRONG");
    assertThat(failure.getOriginalMessage())
        .contains("nmae: unknown field", "give either name or definition", "dryRun: must be");
    assertThat(failure(json("[]")).getType()).isEqualTo("DEFINITION_WRONG");
    assertThat(failure(json("null")).getType()).isEqualTo("DEFINITION_WRONG");
  }

  @Test
  void everyProblemOfADefinitionIsNamed() {
    ObjectNode request = (ObjectNode) inline("note");
    ((ObjectNode) request.get("definition").get("spec")).put("colour", "red").put("size", 3);

    ApplicationFailure failure = failure(request);

    assertThat(failure.getType()).isEqualTo("DEFINITION_WRONG");
    assertThat(failure.getOriginalMessage()).contains("spec.colour", "spec.size");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    ApplicationFailure failure = failure(json("{\"name\": \"add-nothing\"}"));

    assertThat(failure.getType()).isEqualTo("DEFINITION_UNKNOWN");
    assertThat(failure.getOriginalMessage())
        .isEqualTo(
            "the migration add-nothing is neither given nor known to the worker; known: add-note");
  }

  @Test
  void anUnknownDatabaseIsNamed() {
    ObjectNode request = (ObjectNode) inline("note");
    ((ObjectNode) request.get("definition").get("spec")).put("database", "elsewhere");

    assertThat(failure(request).getType()).isEqualTo("DEFINITION_WRONG");
    assertThat(failure(request).getOriginalMessage()).contains("elsewhere");
  }

  @Test
  void aPlanThatCannotBeMadeListsItsProblems() {
    TestServer.execute(database, "DROP TABLE orders");

    ApplicationFailure failure = failure(inline("note"));

    assertThat(failure.getType()).isEqualTo("PLAN_REFUSED");
    assertThat(failure.getOriginalMessage()).contains("TABLE_UNKNOWN", "addColumn.table");
  }

  @Test
  void anUnreachableServerIsNamed() {
    ObjectNode request = (ObjectNode) inline("note");
    ((ObjectNode) request.get("databases").get(0).get("spec").get("connection"))
        .put("url", "jdbc:postgresql://127.0.0.1:1/nowhere");

    ApplicationFailure failure = failure(request);

    assertThat(failure.getType()).isEqualTo("SERVER_UNREACHABLE");
    assertThat(failure.getOriginalMessage()).contains("127.0.0.1:1");
  }

  private void settle(RunState state) {
    Prepared first = planning.prepare("Migration", inline("note"));
    claim(first);
    ledger.settle(new Settlement(scope(first), state, Optional.empty()));
  }

  private void claim(Prepared prepared) {
    ledger.claim(
        new Claim(
            scope(prepared),
            prepared.plan(),
            prepared.planHash(),
            prepared.definitionHash(),
            "migration/add-note",
            prepared.definition()));
  }

  @Test
  void aRestorePointIsTakenBeforeAnythingChanges() {
    Prepared prepared =
        planning.prepare("Migration", withRestorePoint("{\"backup\": \"nightly\"}"));

    assertThat(prepared.plan().steps().stream().map(PlannedStep::id).limit(5))
        .containsExactly(
            "prepare/claim",
            "prepare/restore-point-preflight",
            "prepare/restore-point-mark",
            "prepare/restore-point",
            "prepare/restore-point-read-back");
  }

  @Test
  void aYoungVerifiedBackupIsRestorePointEnough() {
    backups.verified("20261126T020000Z");

    Prepared prepared =
        planning.prepare(
            "Migration", withRestorePoint("{\"backup\": \"nightly\", \"maxAge\": \"24h\"}"));

    assertThat(prepared.plan().steps().get(1).action())
        .isInstanceOfSatisfying(
            Action.OfBackup.class,
            action ->
                assertThat(action.step())
                    .isInstanceOfSatisfying(
                        BackupStep.ReadBack.class,
                        step -> assertThat(step.copy().id()).isEqualTo("20261126T020000Z")));
  }

  @Test
  void whatIsDroppedIsKeptForAQuarterUnlessTheAuthorSaysOtherwise() {
    assertThat(kept("{\"backup\": \"nightly\"}"))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.age()).isEqualTo(Duration.ofDays(90));
              assertThat(step.copy().id()).matches("\\d{8}T\\d{6}Z-1");
              assertThat(step.data().columns())
                  .singleElement()
                  .satisfies(column -> assertThat(column.type()).isEqualTo("integer"));
            });
    assertThat(kept("{\"backup\": \"nightly\", \"keepDropped\": \"400d\"}"))
        .singleElement()
        .satisfies(step -> assertThat(step.age()).isEqualTo(Duration.ofDays(400)));
    assertThat(kept("{\"backup\": \"nightly\", \"keepDropped\": \"0s\"}")).isEmpty();
  }

  private List<BackupStep.KeepDropped> kept(String restorePoint) {
    ObjectNode request = withRestorePoint(restorePoint);
    request
        .withObject("/definition/spec")
        .set(
            "changes", json("[{\"dropColumn\": {\"table\": \"orders\", \"column\": \"amount\"}}]"));
    return planning.prepare("Migration", request).plan().steps().stream()
        .map(PlannedStep::action)
        .filter(Action.OfBackup.class::isInstance)
        .map(action -> ((Action.OfBackup) action).step())
        .filter(BackupStep.KeepDropped.class::isInstance)
        .map(BackupStep.KeepDropped.class::cast)
        .toList();
  }

  @Test
  void aRestorePointThatNobodyKnowsIsRefused() {
    ObjectNode request = withRestorePoint("{\"backup\": \"nightly\"}");
    request.remove("backups");

    assertThat(failure(request).getType()).isEqualTo("DEFINITION_WRONG");
    assertThat(failure(request)).hasMessageContaining("nightly");
  }

  private ObjectNode withRestorePoint(String restorePoint) {
    ObjectNode request = (ObjectNode) inline("note");
    request.withObject("/definition/spec").set("restorePoint", json(restorePoint));
    request.set("stores", json("[" + FakeBackups.STORE + "]"));
    request.set("backups", json("[" + FakeBackups.BACKUP + "]"));
    return request;
  }

  private StepScope scope(Prepared prepared) {
    return new StepScope(
        prepared.run(), prepared.plan().steps().get(0).id(), prepared.database(), Limits.DEFAULT);
  }

  private ApplicationFailure failure(JsonNode request) {
    return catchThrowableOfType(
        ApplicationFailure.class, () -> planning.prepare("Migration", request));
  }

  private boolean ledgerExists() {
    return databases.open(database).withHandle(handle -> new Ledger().exists(handle));
  }

  private Definitions known() {
    return Definitions.load(
        List.of(Source.ofText("known.yaml", databaseJson() + "\n---\n" + migrationJson("note"))));
  }

  private JsonNode inline(String column) {
    return json(
        "{\"definition\": " + migrationJson(column) + ", \"databases\": [" + databaseJson() + "]}");
  }

  private String databaseJson() {
    String url = database.connection().accept(new UrlOf());
    return """
    {"apiVersion": "lockstep.dev/v1", "kind": "Database", "metadata": {"name": "shop"},
     "spec": {"engine": "postgresql", "connection": {"url": "%s"},
              "credentials": {"env": {"username": "TEST_USER", "password": "TEST_PASSWORD"}}}}
    """
        .formatted(url);
  }

  private static String migrationJson(String column) {
    return """
    {"apiVersion": "lockstep.dev/v1", "kind": "Migration", "metadata": {"name": "add-note"},
     "spec": {"database": "shop", "changes": [
       {"addColumn": {"table": "orders", "column": {"name": "%s", "type": "text"}}}]}}
    """
        .formatted(column);
  }

  private static JsonNode json(String text) {
    try {
      return Wire.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class UrlOf implements Connection.Visitor<String> {
    @Override
    public String url(Connection.Url url) {
      return url.jdbcUrl();
    }

    @Override
    public String service(Connection.Service service) {
      throw new AssertionError("no cluster here");
    }

    @Override
    public String folder(Connection.Folder folder) {
      throw new AssertionError("no folder here");
    }
  }
}
