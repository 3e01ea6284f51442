package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DefinitionsTest {
  /** Codes that need a server to be found. */
  private static final Set<Code> FOUND_LATER =
      EnumSet.of(
          Code.DOWN_MISSING,
          Code.TABLE_UNKNOWN,
          Code.COLUMN_UNKNOWN,
          Code.OBJECT_EXISTS,
          Code.OBJECT_UNKNOWN,
          Code.EXPRESSION_WRONG,
          Code.TYPE_UNKNOWN,
          Code.PRIVILEGE_MISSING,
          Code.CHANGE_UNSUPPORTED,
          Code.HAZARD_NOT_ALLOWED,
          Code.WORKLOAD_UNKNOWN,
          Code.VERSION_UNSUPPORTED);

  static List<BadDocument> badDocuments() {
    return BadDocument.all();
  }

  @Test
  void theGoodDocumentsHaveNoProblem() {
    Definitions definitions = load(BadDocument.DATABASE + "---\n" + BadDocument.MIGRATION);

    assertThat(definitions.problems()).isEmpty();
    assertThat(definitions.all()).hasSize(2);
  }

  @Test
  void theGoodBackupsRestoresAndDrillsHaveNoProblem() {
    Definitions definitions =
        load(
            String.join(
                "---\n",
                Beside.TEXT,
                BadStore.S3,
                BadStore.KMS,
                BadStore.GCS,
                BadStore.AZURE,
                BadStore.FILESYSTEM,
                BadBackup.EXEC,
                BadBackup.JOB,
                BadBackup.MYSQL,
                BadBackup.PORTABLE,
                BadQuiesce.GOOD,
                BadRestore.EMPTY,
                BadRestore.IN_PLACE,
                BadRestore.NEW,
                BadDrill.SCRATCH,
                BadDrill.EXISTING,
                BadPhysical.BACKUP,
                BadPhysical.RESTORE,
                BadPhysical.DRILL,
                BadSchedule.CRON,
                BadSchedule.EVERY,
                BadTrigger.GITHUB,
                BadTrigger.GITLAB,
                BadTrigger.HMAC,
                BadNotification.WEBHOOK,
                BadNotification.EVENTS,
                BadNotification.EMAIL));

    assertThat(definitions.problems()).isEmpty();
    assertThat(definitions.runnables())
        .extracting(Definition::name)
        .endsWith(
            "good-portable",
            "good-quiet",
            "good-empty",
            "good-in-place",
            "good-new",
            "good-scratch",
            "good-existing",
            "good-files",
            "good-folder",
            "good-folder-drill")
        .doesNotContain("shop", "safe", "good-s3", "good-cron", "good-github", "good-webhook");
    assertThat(definitions.findStore("good-gcs")).isPresent();
    assertThat(definitions.findBackup("good-job")).isPresent();
    assertThat(definitions.findBackup("safe")).isEmpty();
    assertThat(definitions.find(Drill.class, "good-scratch")).isPresent();
    assertThat(definitions.schedules())
        .extracting(Definition::name)
        .containsExactly("good-cron", "good-every");
  }

  @ParameterizedTest
  @MethodSource("badDocuments")
  void findsTheOneMistake(BadDocument bad) {
    boolean isDatabase = bad.text().contains("engine:");
    Definitions definitions = load(isDatabase ? bad.text() : Beside.TEXT + "---\n" + bad.text());

    assertThat(definitions.problems())
        .extracting(problem -> problem.code() + " " + problem.path())
        .containsExactly(bad.toString());
    assertThat(definitions.problems()).allSatisfy(DefinitionsTest::pointsIntoTheFile);
    assertThat(definitions.problems().toString()).doesNotContain("hunter2");
  }

  private static void pointsIntoTheFile(Problem problem) {
    assertThat(problem.place()).hasValueSatisfying(place -> assertThat(place.line()).isPositive());
    assertThat(problem.message()).isNotBlank();
  }

  @Test
  void everyCodeThatNeedsNoServerIsTried() {
    Set<Code> tried = BadDocument.all().stream().map(BadDocument::code).collect(Collectors.toSet());
    tried.add(Code.SYNTAX_WRONG); // YamlTreesTest

    assertThat(tried).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(FOUND_LATER)));
  }

  @Test
  void twoOfOneKindMayNotShareAName() {
    Definitions definitions = load(BadDocument.DATABASE + "---\n" + BadDocument.DATABASE);

    assertThat(definitions.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(Code.NAME_TAKEN);
              assertThat(problem.place()).contains(new Problem.Place("test.yaml", 13));
            });
  }

  @Test
  void everyProblemOfEveryDocumentIsFoundAtOnce() {
    String text =
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: shop}
        spec:
          engine: oracle
          connection: {url: "jdbc:postgresql://localhost/shop"}
        ---
        apiVersion: lockstep.dev/v1
        kind: Migration
        metadata:
          name: first
        spec:
          database: shop
          changes:
            - addColumn:
                tabel: customers
                column:
                  name: x
                  type: 12
            - dropTable: {table: }
          limits:
            lockTimeout: 500
        ---
        : broken: [
        ---
        kind: Queue
        """;

    assertThat(load(text).problems())
        .extracting(
            problem ->
                problem.place().orElseThrow().line() + " " + problem.code() + " " + problem.path())
        .containsExactly(
            "5 VALUE_WRONG spec.engine",
            "16 FIELD_UNKNOWN spec.changes[0].addColumn.tabel",
            "16 FIELD_MISSING spec.changes[0].addColumn.table",
            "19 VALUE_WRONG spec.changes[0].addColumn.column.type",
            "20 VALUE_WRONG spec.changes[1].dropTable.table",
            "22 VALUE_WRONG spec.limits.lockTimeout",
            "24 SYNTAX_WRONG ",
            "26 KIND_UNKNOWN kind");
  }

  @Test
  void messagesSayWhatWouldBeRight() {
    assertThat(only(BadDocument.DATABASE.replace("kind: Database", "kind: Queue")))
        .isEqualTo(
            "test.yaml:2: kind: kind Queue is not read by this version; known: Database,"
                + " Migration, Store, Backup, Restore, Drill, Schedule, Trigger,"
                + " Notification [KIND_UNKNOWN]");
    assertThat(only(BadDocument.DATABASE.replace("engine:", "enigne: x\n  engine:")))
        .isEqualTo(
            "test.yaml:5: spec.enigne: is no field that this version reads; did you mean engine?"
                + " known: engine, connection, credentials, workloads [FIELD_UNKNOWN]");
    assertThat(only(BadDocument.DATABASE.replace("//localhost", "//me:hunter2@localhost")))
        .contains("spec.connection.url", "credentials")
        .doesNotContain("hunter2");
  }

  @Test
  void aReferenceToABrokenDocumentIsNoSecondProblem() {
    String broken = BadDocument.DATABASE.replace("postgresql\n", "oracle\n");

    assertThat(load(broken + "---\n" + BadDocument.MIGRATION).problems())
        .extracting(Problem::path)
        .containsExactly("spec.engine");
  }

  @Test
  void laterProblemsGetTheirPlace() {
    Definitions definitions = load(BadDocument.DATABASE + "---\n" + BadDocument.MIGRATION);
    Definition migration = definitions.findMigration("good").orElseThrow();
    Problem found = Problem.at("spec.changes[1].createIndex.where", Code.EXPRESSION_WRONG, "x");

    assertThat(definitions.located(migration, found).place())
        .contains(new Problem.Place("test.yaml", 21));
  }

  @Test
  void aRunsInputReadsAsTheFileDoes() throws IOException {
    Definitions file = Examples.named("14-five-steps.yaml").definitions();
    JsonNode request = request(file);

    Definitions inline = Definitions.loadRequest(request);

    assertThat(inline.problems()).isEmpty();
    assertThat(inline.migrations()).isEqualTo(file.migrations());
    assertThat(inline.findDatabase("shop")).isEqualTo(file.findDatabase("shop"));
  }

  @Test
  void aRunsInputHoldsStoresAndBackupsToo() throws IOException {
    Definitions file = Examples.named("30-drill-into-database.yaml").definitions();
    ObjectNode request = new ObjectMapper().createObjectNode();
    for (Definition definition : file.all()) {
      ObjectNode node = (ObjectNode) DefinitionWriter.toJson(definition);
      String kind = node.path("kind").asText();
      if (kind.equals("Drill")) {
        request.set("definition", node);
      } else {
        node.remove(List.of("apiVersion", "kind"));
        request.withArray(kind.toLowerCase(Locale.ROOT) + "s").add(node);
      }
    }

    Definitions inline = Definitions.loadRequest(request);

    assertThat(inline.problems()).isEmpty();
    assertThat(inline.all()).containsExactlyInAnyOrderElementsOf(file.all());

    ((ObjectNode) request.path("backups").path(0).path("spec")).put("method", "velero");
    ((ObjectNode) request.path("stores").path(0).path("spec")).put("path", "x");
    assertThat(Definitions.loadRequest(request).problems())
        .extracting(problem -> problem.code() + " " + problem.path())
        .containsExactlyInAnyOrder(
            "VALUE_WRONG backups[0].spec.method", "FIELD_UNKNOWN stores[0].spec.path");
  }

  @Test
  void problemsOfARunsInputSayWhichDocument() throws IOException {
    JsonNode request =
        new ObjectMapper()
            .readTree(
                """
                {"definition": {"apiVersion": "lockstep.dev/v1", "kind": "Migration",
                                "metadata": {"name": "x"},
                                "spec": {"database": "other", "changes": [{"dropTable": {"table": "t"}}]}},
                 "databases": [{"metadata": {"name": "shop"}, "spec": {"engine": 5}}]}
                """);

    assertThat(Definitions.loadRequest(request).problems())
        .extracting(problem -> problem.code() + " " + problem.path())
        .containsExactly(
            "VALUE_WRONG databases[0].spec.engine",
            "FIELD_MISSING databases[0].spec.connection",
            "REFERENCE_UNKNOWN definition.spec.database");
  }

  private static JsonNode request(Definitions file) throws IOException {
    ObjectNode request = new ObjectMapper().createObjectNode();
    request.set("definition", DefinitionWriter.toJson(file.migrations().get(0)));
    ObjectNode database =
        (ObjectNode) DefinitionWriter.toJson(file.findDatabase("shop").orElseThrow());
    database.remove(List.of("apiVersion", "kind"));
    request.putArray("databases").add(database);
    return request;
  }

  private static String only(String text) {
    List<Problem> problems = load(text).problems();
    assertThat(problems).hasSize(1);
    return problems.get(0).toString();
  }

  private static Definitions load(String text) {
    return Definitions.load(List.of(Source.ofText("test.yaml", text)));
  }
}
