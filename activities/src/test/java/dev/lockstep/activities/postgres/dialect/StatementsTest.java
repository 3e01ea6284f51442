package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.ScratchServer.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.plan.SqlDialect.IndexShape;
import dev.lockstep.definitions.plan.TableName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementsTest {
  private static final Jdbi DATABASE = ScratchServer.database();
  private final PostgresDialect dialect = new PostgresDialect();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain", "Mixed", "with space", "select", "a\"b", "a,b", "x desc", "f(x)", "naïve", "日本",
        "a.b", "semi;colon", "$1", "what?", "back\\slash", ":x", "it's", "1st", "ON", "USING",
        "%s", "user", "-- no", "/* no */", "x)"
      })
  void everyStatementTakesAnyName(String name) {
    TableName table = new TableName(name, name);
    try (Handle handle = DATABASE.open()) {
      execute(handle, "CREATE SCHEMA " + dialect.quote(name));
      for (String statement : lifeOfATable(table, name)) {
        execute(handle, statement);
      }
      execute(handle, "DROP SCHEMA " + dialect.quote(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "Mixed", "it's", "a b", "x.y", "%s"})
  void aSequenceMovesToAnotherColumnAndOutlivesTheFirst(String name) {
    TableName table = new TableName("public", name + "_t");
    String quoted = dialect.quote(table);
    try (Handle handle = DATABASE.open()) {
      execute(
          handle, "CREATE TABLE %s (%s serial, other int)".formatted(quoted, dialect.quote(name)));
      String sequence =
          handle
              .createQuery("SELECT pg_get_serial_sequence(:table, :column)")
              .bind("table", quoted)
              .bind("column", name)
              .mapTo(String.class)
              .one();
      execute(
          handle,
          "ALTER TABLE %s ALTER other SET DEFAULT nextval('%s')"
              .formatted(quoted, sequence.replace("'", "''")));
      execute(handle, dialect.moveSequence(table, name, "other"));
      execute(handle, dialect.moveSequence(table, name, "other"));
      execute(handle, dialect.dropColumn(table, name));
      execute(handle, "INSERT INTO " + quoted + " DEFAULT VALUES");
      execute(handle, dialect.dropTable(table));
    }
  }

  private List<String> lifeOfATable(TableName table, String name) {
    List<Column> columns =
        List.of(column("id", "bigint", true), column(name, "varchar(80)", false));
    IndexShape index =
        new IndexShape(name + "i", List.of(name), true, Optional.of("btree"), Optional.empty());
    String other = name + "2";
    TableName renamed = new TableName(table.schema(), other);
    return List.of(
        dialect.createTable(table, columns),
        dialect.addColumn(table, column(other, "varchar(80)", false)),
        dialect.setDefault(table, name, "'a'"),
        dialect.dropDefault(table, name),
        dialect.setNotNull(table, name),
        dialect.dropNotNull(table, name),
        dialect.changeType(table, name, "varchar(90)"),
        dialect.comment(table, name, Optional.of(name)),
        dialect.comment(table, name, Optional.empty()),
        dialect.grant(table, name, "SELECT, UPDATE TO public"),
        dialect.createIndex(table, index),
        dialect.addUniqueUsingIndex(table, name + "i"),
        dialect.addConstraint(table, name + "f", foreignKey(table, other, name)),
        dialect.validateConstraint(table, name + "f"),
        dialect.addConstraint(table, name + "c", new Constraint.Check("1 = 1 -- true")),
        dialect.addConstraint(table, name + "d", "CHECK (true)"),
        dialect.renameConstraint(table, name + "c", name + "e"),
        dialect.dropConstraint(table, name + "e"),
        dialect.dropConstraint(table, name + "e"),
        dialect.dropConstraint(table, name + "f"),
        dialect.dropConstraint(table, name + "i"),
        dialect.createIndex(table, index),
        dialect.renameIndex(table, name + "i", name + "j"),
        dialect.dropIndex(table, name + "j"),
        dialect.dropIndex(table, name + "j"),
        dialect.dropColumn(table, other),
        dialect.renameColumn(table, name, other),
        dialect.renameTable(table, other),
        dialect.dropTable(renamed));
  }

  private static Constraint foreignKey(TableName table, String from, String to) {
    return new ForeignKeyOf(table).columns(from, to);
  }

  /** The model names a table as text; a name with a dot cannot be given there. */
  private record ForeignKeyOf(TableName table) {
    Constraint columns(String from, String to) {
      boolean nameable = !table.name().contains(".");
      return nameable
          ? new Constraint.ForeignKey(
              List.of(from),
              table.schema() + "." + table.name(),
              List.of(to),
              Constraint.OnDelete.SET_NULL)
          : new Constraint.Check("true");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "varchar(80)",
        "numeric(12,2)",
        "timestamptz",
        "timestamp(3) with time zone",
        "text[]",
        "int",
        "\"My Type\"",
        "public.\"My Type\"",
        "double precision",
        "bit(3)",
        "bit varying(7)",
        "character varying",
        "interval day to second(3)",
        "money",
        "int4range",
        "char",
        "oid",
        "numeric(12,2)[][]",
        "varchar(80) COLLATE \"C\"",
        "jsonb",
        "\"char\""
      })
  void typesAreWrittenAsGiven(String type) {
    TableName table = TableName.parse("typed");
    assertThat(dialect.addColumn(table, column("a", type, false)))
        .isEqualTo("ALTER TABLE public.typed ADD a " + type);
    assertThat(dialect.createTable(table, List.of(column("a", type, false))))
        .isEqualTo("CREATE TABLE public.typed (a " + type + ")");
    assertThat(dialect.changeType(table, "a", type))
        .startsWith("ALTER TABLE public.typed ALTER COLUMN a TYPE " + type + " ");
  }

  @Test
  void defaultsAreWrittenAsGiven() {
    Column column = new Column("a", "text", false, Optional.of("lower('X') || e'it''s\\n'"), false);
    assertThat(dialect.addColumn(TableName.parse("t"), column))
        .isEqualTo("ALTER TABLE public.t ADD a text DEFAULT lower('X') || e'it''s\\n' NOT NULL");
  }

  @Test
  void indexShapeIsKept() {
    IndexShape shape =
        new IndexShape(
            "i", List.of("a", "(lower(b))"), true, Optional.of("gist"), Optional.of("a > 0"));
    assertThat(dialect.createIndex(TableName.parse("s.t"), shape))
        .isEqualTo(
            "CREATE UNIQUE INDEX CONCURRENTLY i ON s.t USING gist (a, (lower(b))) WHERE (a > 0)");
  }

  @Test
  void wideningDoesNotRewriteTheTable() {
    try (Handle handle = DATABASE.open()) {
      execute(handle, "CREATE TABLE wide (a varchar(10), b numeric(10,2), c varchar(10))");
      String before = file(handle);
      execute(handle, dialect.changeType(TableName.parse("wide"), "a", "varchar(20)"));
      execute(handle, dialect.changeType(TableName.parse("wide"), "b", "numeric(12,2)"));
      execute(handle, dialect.changeType(TableName.parse("wide"), "c", "text"));
      assertThat(file(handle)).isEqualTo(before);
    }
  }

  @Test
  void everyKeywordOfTheServerIsQuoted() {
    try (Handle handle = DATABASE.open()) {
      Set<String> keywords =
          handle
              .createQuery("SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'")
              .mapTo(String.class)
              .set();
      assertThat(Identifiers.KEYWORDS).containsAll(keywords);
    }
  }

  @Test
  void liquibaseSaysNothing() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      System.setOut(stream);
      System.setErr(stream);
      Thread thread = new Thread(() -> dialect.dropTable(TableName.parse("t")));
      thread.start();
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void longNamesOfTriggersAreCutTheSameWay() {
    String name = "zz_lockstep_" + "é".repeat(60);
    assertThat(Identifiers.fit(name)).isEqualTo(Identifiers.fit(name)).startsWith("zz_lockstep_é");
    assertThat(Identifiers.fit(name).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(Identifiers.MAXIMUM_BYTES);
    assertThat(Identifiers.fit(name)).isNotEqualTo(Identifiers.fit(name + "x"));
  }

  private static String file(Handle handle) {
    return handle.createQuery("SELECT pg_relation_filenode('wide')").mapTo(String.class).one();
  }

  private static Column column(String name, String type, boolean key) {
    return new Column(name, type, true, Optional.empty(), key);
  }
}
