package dev.lockstep.activities.postgres.catalogue;

import static dev.lockstep.activities.postgres.dialect.ScratchServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.plan.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaSnapshotRealIT {
  private static final String CHANGES =
      """
      ALTER TABLE t ADD COLUMN new int | ALTER TABLE t DROP COLUMN new
      ALTER TABLE t RENAME COLUMN a TO z | ALTER TABLE t RENAME COLUMN z TO a
      ALTER TABLE t ALTER COLUMN b TYPE varchar(20) | ALTER TABLE t ALTER COLUMN b TYPE varchar(10)
      ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x' | ALTER TABLE t ALTER COLUMN a DROP DEFAULT
      ALTER TABLE t ALTER COLUMN a SET NOT NULL | ALTER TABLE t ALTER COLUMN a DROP NOT NULL
      ALTER TABLE t ALTER COLUMN a SET STORAGE EXTERNAL | ALTER TABLE t ALTER COLUMN a SET STORAGE EXTENDED
      ALTER TABLE t ALTER COLUMN a SET STATISTICS 7 | ALTER TABLE t ALTER COLUMN a SET STATISTICS -1
      ALTER TABLE t ALTER COLUMN a SET (n_distinct = 5) | ALTER TABLE t ALTER COLUMN a RESET (n_distinct)
      ALTER TABLE t ALTER COLUMN id DROP IDENTITY | ALTER TABLE t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY
      ALTER TABLE t ALTER COLUMN id SET INCREMENT BY 5 | ALTER TABLE t ALTER COLUMN id SET INCREMENT BY 1
      ALTER TABLE t ADD CONSTRAINT c CHECK (a <> '') | ALTER TABLE t DROP CONSTRAINT c
      ALTER TABLE t ADD CONSTRAINT c CHECK (a <> '') NOT VALID | ALTER TABLE t DROP CONSTRAINT c
      ALTER TABLE t RENAME CONSTRAINT t_pkey TO k | ALTER TABLE t RENAME CONSTRAINT k TO t_pkey
      ALTER TABLE other ADD CONSTRAINT f FOREIGN KEY (t) REFERENCES t | ALTER TABLE other DROP CONSTRAINT f
      CREATE INDEX i ON t (lower(a)) WHERE b IS NOT NULL | DROP INDEX i
      ALTER INDEX t_b SET (fillfactor = 50) | ALTER INDEX t_b RESET (fillfactor)
      CLUSTER t USING t_b | ALTER TABLE t SET WITHOUT CLUSTER
      CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f() | DROP TRIGGER tr ON t
      ALTER TABLE t DISABLE TRIGGER always_there | ALTER TABLE t ENABLE TRIGGER always_there
      CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING | DROP RULE r ON t
      CREATE POLICY p ON t USING (a = 'x') | DROP POLICY p ON t
      ALTER TABLE t ENABLE ROW LEVEL SECURITY | ALTER TABLE t DISABLE ROW LEVEL SECURITY
      ALTER TABLE t FORCE ROW LEVEL SECURITY | ALTER TABLE t NO FORCE ROW LEVEL SECURITY
      COMMENT ON TABLE t IS 'x' | COMMENT ON TABLE t IS NULL
      COMMENT ON COLUMN t.a IS 'x' | COMMENT ON COLUMN t.a IS NULL
      COMMENT ON INDEX t_b IS 'x' | COMMENT ON INDEX t_b IS NULL
      COMMENT ON CONSTRAINT t_pkey ON t IS 'x' | COMMENT ON CONSTRAINT t_pkey ON t IS NULL
      GRANT SELECT ON t TO guest | REVOKE SELECT ON t FROM guest
      GRANT SELECT (a) ON t TO guest | REVOKE SELECT (a) ON t FROM guest
      REVOKE INSERT ON t FROM postgres | GRANT INSERT ON t TO postgres
      ALTER TABLE t OWNER TO guest | ALTER TABLE t OWNER TO postgres
      ALTER TABLE t REPLICA IDENTITY FULL | ALTER TABLE t REPLICA IDENTITY DEFAULT
      ALTER TABLE t SET (fillfactor = 50) | ALTER TABLE t RESET (fillfactor)
      ALTER TABLE t SET (toast.autovacuum_enabled = off) | ALTER TABLE t RESET (toast.autovacuum_enabled)
      ALTER TABLE t SET UNLOGGED | ALTER TABLE t SET LOGGED
      ALTER TABLE t INHERIT parent | ALTER TABLE t NO INHERIT parent
      CREATE TABLE child () INHERITS (t) | DROP TABLE child
      CREATE STATISTICS s ON a, b FROM t | DROP STATISTICS s
      CREATE PUBLICATION p FOR TABLE t | DROP PUBLICATION p
      ALTER VIEW v RENAME TO w | ALTER VIEW w RENAME TO v
      CREATE TABLE later (a int) | DROP TABLE later
      CREATE FUNCTION zz_lockstep_x() RETURNS int RETURN 1 | DROP FUNCTION zz_lockstep_x()
      CREATE TABLE lockstep_old_x (a int) | DROP TABLE lockstep_old_x
      """;

  private final Database database = TestServer.newDatabase();
  private final Handle handle = Jdbi.open(() -> TestServer.connect(database, "test"));

  @Test
  void everyChangeIsSeenAndItsReverseRestoresTheSnapshot() {
    prepare();
    for (String change : CHANGES.lines().toList()) {
      SchemaSnapshot before = snapshot();
      execute(handle, change.substring(0, change.indexOf('|')));
      SchemaSnapshot between = snapshot();
      assertThat(SchemaDifference.between(before, between)).as(change).isNotEmpty();
      execute(handle, change.substring(change.indexOf('|') + 1));
      assertThat(SchemaDifference.between(before, snapshot())).as(change).isEmpty();
    }
  }

  @Test
  void whatPgDumpSeesTheSnapshotSees() throws IOException, InterruptedException {
    assumeThat(dumpsThisServer()).as("a pg_dump on the PATH that is as new as the server").isTrue();
    prepare();
    for (String change : CHANGES.lines().toList()) {
      String before = dump();
      SchemaSnapshot snapshot = snapshot();
      execute(handle, change.substring(0, change.indexOf('|')));
      boolean visible = !dump().equals(before);
      assertThat(!snapshot().equals(snapshot) || !visible).as(change).isTrue();
      execute(handle, change.substring(change.indexOf('|') + 1));
      assertThat(dump().equals(before)).as(change).isEqualTo(snapshot().equals(snapshot));
    }
  }

  @Test
  void readingChangesNoSetting() {
    execute(handle, "SET search_path = pg_catalog, public");
    snapshot();
    assertThat(handle.select("SHOW search_path").mapTo(String.class).one())
        .isEqualTo("pg_catalog, public");
  }

  @ParameterizedTest
  @CsvSource({"t,false", "nowhere.t,true"})
  void tableThatIsNotThereSaysSo(String name, boolean absent) {
    prepare();
    List<String> lines = SchemaSnapshot.read(handle, List.of(TableName.parse(name))).lines();
    assertThat(lines.stream().anyMatch(line -> line.endsWith(" absent"))).isEqualTo(absent);
  }

  @Test
  void snapshotSurvivesTheLedger() {
    prepare();
    execute(handle, "COMMENT ON TABLE t IS E'two\\nlines'");
    assertThat(SchemaSnapshot.parse(snapshot().text())).isEqualTo(snapshot());
  }

  @Test
  void differenceTellsBothSides() {
    assertThat(
            SchemaDifference.between(
                new SchemaSnapshot(List.of("a", "b")), new SchemaSnapshot(List.of("b", "c"))))
        .containsExactly("missing: a", "left over: c");
  }

  private void prepare() {
    Stream.of(
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TABLE parent (a text)",
            "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text, b"
                + " varchar(10))",
            "CREATE INDEX t_b ON t (b)",
            "CREATE TRIGGER always_there AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
            "CREATE TABLE other (t int)",
            "CREATE VIEW v AS SELECT id FROM t")
        .forEach(sql -> execute(handle, sql));
  }

  private SchemaSnapshot snapshot() {
    return SchemaSnapshot.read(handle, List.of(TableName.parse("t"), TableName.parse("later")));
  }

  private boolean dumpsThisServer() throws InterruptedException {
    try {
      return !dump().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private String dump() throws IOException, InterruptedException {
    String url = ((Connection.Url) database.connection()).jdbcUrl().replaceFirst("^jdbc:", "");
    Process process =
        new ProcessBuilder("pg_dump", "--schema-only", "--restrict-key=test", "-U", "postgres", url)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? text : "";
  }
}
