package dev.lockstep.activities.postgres.observe;

import static dev.lockstep.activities.postgres.dialect.ScratchServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.activities.postgres.dialect.ScratchServer;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import dev.lockstep.definitions.plan.Partitions;
import dev.lockstep.definitions.plan.Questions;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

final class PostgresObserverTest {
  private final Jdbi database = ScratchServer.database();

  @Test
  void columnsAreWrittenWithAllThatBelongsToThem() {
    run(
        "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, a varchar(10) COLLATE \"C\""
            + " DEFAULT 'x' NOT NULL, b int GENERATED ALWAYS AS (length(a)) STORED, c text)",
        "ALTER TABLE t DROP COLUMN c",
        "COMMENT ON COLUMN t.a IS 'it''s'",
        "GRANT SELECT (a), UPDATE (a) ON t TO guest",
        "GRANT SELECT (a) ON t TO public");
    Table table = observe("t");
    assertThat(table.columns())
        .extracting("name", "type", "nullable", "generated")
        .containsExactly(
            tuple("id", "bigint", false, true),
            tuple("a", "character varying(10)", false, false),
            tuple("b", "integer", true, true));
    Observation.TableColumn column = table.column("a").orElseThrow();
    assertThat(column.defaultValue()).contains("'x'::character varying");
    assertThat(column.comment()).contains("it's");
    assertThat(column.collation()).contains("\"C\"");
    assertThat(column.privileges())
        .containsExactly("SELECT TO PUBLIC", "SELECT TO guest", "UPDATE TO guest");
    assertThat(table.column("b").orElseThrow().defaultValue()).contains("length((a)::text)");
    assertThat(table.column("id").orElseThrow().defaultValue()).isEmpty();
  }

  @Test
  void rowKeyIsThePrimaryKeyElseTheShortestUniqueOneWithoutNulls() {
    run(
        "CREATE TABLE with_key (a int UNIQUE NOT NULL, b text, c int, PRIMARY KEY (c, b))",
        "CREATE TABLE without (a int UNIQUE, b int NOT NULL, c varchar(5) NOT NULL, d int NOT NULL,"
            + " UNIQUE (d) DEFERRABLE)",
        "CREATE UNIQUE INDEX one ON without (b) WHERE a > 0",
        "CREATE UNIQUE INDEX two ON without (b, c) INCLUDE (a)",
        "CREATE UNIQUE INDEX three ON without ((b + 1))",
        "CREATE TABLE heap (a int)");
    assertThat(observe("with_key").key().columns())
        .containsExactly(new KeyColumn("c", "integer"), new KeyColumn("b", "text"));
    assertThat(observe("without").key().columns())
        .containsExactly(new KeyColumn("b", "integer"), new KeyColumn("c", "character varying(5)"));
    assertThat(observe("heap").key().physical()).isTrue();
  }

  @Test
  void indexesNameEveryColumnThatTheyUse() {
    run(
        "CREATE TABLE t (a int PRIMARY KEY, b text, c int, d int, e int)",
        "CREATE INDEX i ON t (lower(b), c DESC) INCLUDE (d) WHERE e > 0");
    assertThat(observe("t").indexes())
        .extracting("name", "columns", "unique", "valid", "constraint")
        .containsExactly(
            tuple("i", List.of("c", "d", "b", "e"), false, true, Optional.empty()),
            tuple("t_pkey", List.of("a"), true, true, Optional.of("t_pkey")));
    assertThat(observe("t").indexes().get(0).definition())
        .isEqualTo(
            "CREATE INDEX i ON public.t USING btree (lower(b), c DESC) INCLUDE (d) WHERE (e > 0)");
  }

  @Test
  void constraintsOfBothSidesAreSeen() {
    run(
        "CREATE SCHEMA s",
        "CREATE TABLE p (id int PRIMARY KEY, parent int REFERENCES p, CHECK (parent <> id))",
        "CREATE TABLE s.q (a int, p int)",
        "ALTER TABLE s.q ADD CONSTRAINT to_p FOREIGN KEY (p) REFERENCES p NOT VALID");
    TableName p = TableName.parse("p");
    assertThat(observe("p").constraints())
        .extracting("name", "kind", "columns", "referrer", "referenced")
        .containsExactly(
            tuple(
                "p_check", Kind.CHECK, List.of("parent", "id"), Optional.empty(), Optional.empty()),
            tuple(
                "p_parent_fkey",
                Kind.FOREIGN_KEY,
                List.of("parent"),
                Optional.empty(),
                Optional.of(p)),
            tuple("p_pkey", Kind.PRIMARY_KEY, List.of("id"), Optional.empty(), Optional.empty()),
            tuple(
                "p_parent_fkey", Kind.FOREIGN_KEY, List.of("id"), Optional.of(p), Optional.empty()),
            tuple(
                "to_p",
                Kind.FOREIGN_KEY,
                List.of("id"),
                Optional.of(TableName.parse("s.q")),
                Optional.empty()));
    TableConstraint own = observe("s.q").constraints().get(0);
    assertThat(own.validated()).isFalse();
    assertThat(own.definition()).isEqualTo("FOREIGN KEY (p) REFERENCES public.p(id) NOT VALID");
  }

  @Test
  void dependentsAreNamedWithTheirColumns() {
    run(
        "CREATE SCHEMA s",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b text, c text, g text GENERATED ALWAYS AS"
            + " (lower(b)) STORED)",
        "CREATE VIEW v AS SELECT a FROM t",
        "CREATE MATERIALIZED VIEW s.m AS SELECT b FROM t",
        "CREATE FUNCTION f() RETURNS text RETURN (SELECT max(c) FROM t)",
        "CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER of_a BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION changed()",
        "CREATE POLICY p ON t USING (a = 'x')",
        "CREATE STATISTICS st ON a, b FROM t",
        "CREATE PUBLICATION pub FOR TABLE t (id, c)",
        "CREATE PUBLICATION whole FOR ALL TABLES",
        "CREATE TABLE child () INHERITS (t)");
    Table table = observe("t");
    assertThat(table.triggers()).containsExactly("of_a");
    assertThat(table.dependents())
        .extracting("description", "columns")
        .containsExactlyInAnyOrder(
            tuple("view v", List.of("a")),
            tuple("materialized view s.m", List.of("b")),
            tuple("function f", List.of("c")),
            tuple("trigger of_a on table public.t", List.of("a")),
            tuple("policy p on table public.t", List.of("a")),
            tuple("statistics object public.st", List.of("a", "b")),
            tuple("generated column g", List.of("b")),
            tuple("publication of table public.t in publication pub", List.of("c", "id")),
            tuple("publication whole, whose subscribers need new columns first", List.of()),
            tuple("inheriting table child", List.of()));
  }

  @Test
  void aSubscriptionUsesEveryColumn() {
    run(
        "CREATE TABLE t (id int PRIMARY KEY, a text)",
        "CREATE SUBSCRIPTION sub CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)",
        "SET allow_system_table_mods = on",
        "INSERT INTO pg_subscription_rel SELECT oid, 't'::regclass, 'r', NULL FROM pg_subscription");
    try {
      assertThat(observe("t").dependents())
          .extracting("description", "columns")
          .containsExactly(
              tuple("subscription sub, whose changes no trigger sees", List.of("a", "id")));
    } finally {
      run("ALTER SUBSCRIPTION sub SET (slot_name = NONE)", "DROP SUBSCRIPTION sub");
    }
  }

  @Test
  void sizesComeFromTheStatistics() {
    run("CREATE TABLE t (a int)");
    assertThat(observe("t").rows()).isEqualTo(-1);
    run("INSERT INTO t SELECT generate_series(1, 1000)", "ANALYZE t");
    Table table = observe("t");
    assertThat(table.rows()).isEqualTo(1000);
    assertThat(table.bytes()).isGreaterThanOrEqualTo(32_768);
  }

  @Test
  void whatIsNotThereIsLeftOutAndNamesAreLookedUp() {
    run("CREATE TABLE t (a int)", "CREATE VIEW v AS SELECT 1", "CREATE INDEX i ON t (a)");
    List<TableName> tables =
        Stream.of("none", "t", "v", "nowhere.t").map(TableName::parse).toList();
    List<TableName> relations = Stream.of("free", "i", "v").map(TableName::parse).toList();
    try (Handle handle = database.open()) {
      Observation observation =
          new PostgresObserver()
              .observe(handle, new Questions(tables, List.of(), List.of(), relations), List.of());
      assertThat(observation.tables()).extracting(t -> t.name().name()).containsExactly("t");
      assertThat(observation.relations()).extracting(TableName::name).containsExactly("i", "v");
      assertThat(observation.schemas()).containsExactly(new Observation.Schema("public", true));
      assertThat(observation.server().version()).isGreaterThanOrEqualTo(130000);
      assertThat(observation.server().mayCreateSchema()).isTrue();
      assertThat(observation.server().ledgerUsable()).isFalse();
      assertThat(observation.server().replicas()).isZero();
    }
  }

  @Test
  void rightsAreThoseOfTheRole() {
    run("CREATE TABLE t (a int)", "CREATE SCHEMA lockstep", "CREATE TABLE lockstep.runs (a int)");
    try (Handle handle = database.open()) {
      execute(handle, "SET ROLE guest");
      Observation observation = observe(handle, "t");
      Table table = observation.table(TableName.parse("t")).orElseThrow();
      assertThat(table.owned()).isFalse();
      assertThat(table.owner()).isEqualTo("postgres");
      assertThat(table.mayCreateInSchema()).isFalse();
      assertThat(observation.server().user()).isEqualTo("guest");
      assertThat(observation.server().ledgerUsable()).isFalse();
    }
    run("GRANT ALL ON SCHEMA lockstep TO guest", "GRANT ALL ON lockstep.runs TO guest");
    try (Handle handle = database.open()) {
      execute(handle, "SET ROLE guest");
      assertThat(observe(handle, "t").server().ledgerUsable()).isTrue();
    }
  }

  @Test
  void partitionsAreRecognised() {
    run(
        "CREATE TABLE p (a int) PARTITION BY RANGE (a)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2)",
        "CREATE TABLE t (a int)");
    assertThat(observe("p").partitioned()).isTrue();
    assertThat(observe("p1").partitioned()).isTrue();
    assertThat(observe("t").partitioned()).isFalse();
    run("CREATE TABLE child () INHERITS (t)");
    assertThat(observe("t").partitioned()).isTrue();
    assertThat(observe("child").partitioned()).isTrue();
  }

  @Test
  void partitionsOfEveryLevelAreSummedAndWhatIsTheirOwnIsTold() {
    run(
        "CREATE TABLE p (id int, at int, v text) PARTITION BY RANGE (at)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE p2 (v text NOT NULL DEFAULT 'x', at int, id int)"
            + " PARTITION BY LIST ((id % 2))",
        "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES FROM (10) TO (20)",
        "CREATE TABLE p2a PARTITION OF p2 DEFAULT",
        "CREATE INDEX own ON p1 (lower(v))",
        "ALTER TABLE p1 ADD CONSTRAINT own_check CHECK (v <> '')",
        "CREATE VIEW only_p1 AS SELECT v FROM p1",
        "CREATE INDEX of_all ON p (v)",
        "INSERT INTO p SELECT n, n % 20, 'v' FROM generate_series(1, 100) n",
        "ANALYZE");

    Observation.Table table = observe("p");
    Partitions parts = table.partitions().orElseThrow();

    assertThat(table.rows()).isEqualTo(100);
    assertThat(table.bytes()).isPositive();
    assertThat(parts.keyColumns()).containsExactly("at", "id");
    assertThat(parts.keyExpressions()).isTrue();
    assertThat(parts.tables())
        .extracting(p -> p.name().name() + " " + p.kind())
        .containsExactly("p1 LEAF", "p2 BRANCH", "p2a LEAF");
    assertThat(parts.leaves()).isEqualTo(2);
    assertThat(parts.own())
        .filteredOn(o -> o.columns().equals(List.of("v")))
        .extracting(Observation.Dependent::description)
        .containsExactlyInAnyOrder(
            "index own of partition p1",
            "constraint own_check of partition p1",
            "a NOT NULL of its own in partition p2",
            "a default of its own in partition p2",
            "a NOT NULL of its own in partition p2a",
            "a default of its own in partition p2a");
    assertThat(parts.users())
        .extracting(Observation.Dependent::description)
        .containsExactly("view only_p1 over partition p1");
    assertThat(observe("p2").partitions()).isEmpty();
  }

  @Test
  void inheritanceIsRecognisedOnBothSides() {
    run("CREATE TABLE t (a int)", "CREATE TABLE child () INHERITS (t)");
    assertThat(observe("t").partitioned()).isTrue();
    assertThat(observe("child").partitioned()).isTrue();
  }

  @Test
  void domainsWithConstraintsAreToldFromOthers() {
    run(
        "CREATE DOMAIN loose AS text",
        "CREATE DOMAIN strict AS loose CHECK (value <> '')",
        "CREATE DOMAIN below AS strict",
        "CREATE DOMAIN given AS text NOT NULL",
        "CREATE TABLE t (a text, b loose, c strict, d below, e given)");
    assertThat(observe("t").columns())
        .extracting(Observation.TableColumn::constrained)
        .containsExactly(false, false, true, true, true);
  }

  @Test
  void lockedTableIsNotWaitedForLong() {
    run("CREATE TABLE t (a int)");
    try (Handle other = database.open();
        Handle handle = database.open()) {
      other.begin();
      execute(other, "LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(() -> observe(handle, "t"))
          .isInstanceOf(JdbiException.class)
          .hasMessageContaining("lock timeout");
      other.rollback();
      assertThat(observe(handle, "t").table(TableName.parse("t"))).isPresent();
    }
  }

  private Table observe(String table) {
    try (Handle handle = database.open()) {
      return observe(handle, table).table(TableName.parse(table)).orElseThrow();
    }
  }

  private static Observation observe(Handle handle, String table) {
    List<TableName> tables = List.of(TableName.parse(table));
    return new PostgresObserver()
        .observe(handle, new Questions(tables, List.of(), List.of(), List.of()), List.of());
  }

  private void run(String... statements) {
    try (Handle handle = database.open()) {
      for (String statement : statements) {
        execute(handle, statement);
      }
    }
  }
}
