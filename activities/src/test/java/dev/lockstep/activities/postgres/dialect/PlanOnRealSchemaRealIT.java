package dev.lockstep.activities.postgres.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.postgres.catalogue.SchemaDifference;
import dev.lockstep.activities.postgres.catalogue.SchemaSnapshot;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of change, from the definition through observation and plan to a real server. */
final class PlanOnRealSchemaRealIT {
  private static final String ODD_SCHEMA =
      """
      CREATE SCHEMA "Odd Schema";
      SET search_path = "Odd Schema", public;
      CREATE TYPE mood AS ENUM ('good', 'bad');
      CREATE TABLE "Order" (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        "Mixed" text COLLATE "C" NOT NULL DEFAULT 'a''b' CHECK ("Mixed" <> ''),
        "user" integer NOT NULL,
        doc json,
        feel mood DEFAULT 'good',
        price numeric(10,2),
        parent bigint REFERENCES "Order",
        UNIQUE ("user", "Mixed"));
      CREATE INDEX "Expr" ON "Order" (lower("Mixed"), "user" DESC) INCLUDE (id) WHERE "user" > 0;
      CREATE TABLE line ("order" bigint REFERENCES "Order", "user" integer);
      COMMENT ON COLUMN "Order"."Mixed" IS 'it''s $$ odd';
      GRANT SELECT ("Mixed"), UPDATE ("Mixed") ON "Order" TO guest;
      INSERT INTO "Order" ("Mixed", "user", doc, price)
        SELECT 'm' || n, n, '{"a": 1}', n / 100.0 FROM generate_series(1, 50) n;
      """;

  private static final String PARTITIONED_SCHEMA =
      """
      CREATE SCHEMA parts;
      CREATE TABLE events (
        id bigint NOT NULL,
        at integer NOT NULL,
        kind text NOT NULL DEFAULT 'x' CHECK (kind <> '!'),
        title varchar(20),
        size varchar(20),
        PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10);
      CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20)
        PARTITION BY HASH (id);
      CREATE TABLE events_2a PARTITION OF events_2 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
      CREATE TABLE parts.events_2b PARTITION OF events_2 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
      CREATE TABLE events_rest (title varchar(20), size varchar(20), kind text NOT NULL DEFAULT 'x',
        at integer NOT NULL, id bigint NOT NULL, CHECK (kind <> '!'));
      ALTER TABLE events_rest DROP CONSTRAINT events_rest_kind_check;
      ALTER TABLE events_rest ADD CONSTRAINT events_kind_check CHECK (kind <> '!');
      ALTER TABLE events ATTACH PARTITION events_rest DEFAULT;
      CREATE INDEX events_kind_idx ON events (kind);
      CREATE INDEX events_title_idx ON events (title) WHERE title <> '';
      CREATE TABLE notes (event bigint, at integer);
      INSERT INTO events SELECT n, n % 30, 'k' || n, 't' || n, 's' FROM generate_series(1, 300) n;
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-add-column",
        "02-add-filled-column",
        "03-drop-column",
        "04-rename-column",
        "05-alter-column-type",
        "06-alter-column-nullable",
        "07-create-index",
        "08-drop-index",
        "09-create-table",
        "10-drop-table",
        "11-add-check",
        "12-add-foreign-key",
        "13-sql",
        "14-five-steps",
        "15-steps",
        "16-steps-with-approval",
        "20-lookup",
        "21-partitions",
        "22-tables-at-once"
      })
  void exampleRunsAndIsTakenBack(String example) {
    runsAndIsTakenBack(resource("schema.sql"), resource(example + ".yaml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "renameColumn: {table: Odd Schema.Order, from: Mixed, to: Plain Name}",
        "alterColumn: {table: Odd Schema.Order, column: Mixed, type: varchar(90), up: "
            + "'left(\"Mixed\", 90)', down: '\"Mixed\"::text'}",
        "alterColumn: {table: Odd Schema.Order, column: user, type: bigint}",
        "alterColumn: {table: Odd Schema.Order, column: price, type: numeric}",
        "alterColumn: {table: Odd Schema.Order, column: doc, type: jsonb}",
        "alterColumn: {table: Odd Schema.Order, column: price, nullable: false, up:"
            + " \"coalesce(price, 0)\"}",
        "alterColumn: {table: Odd Schema.Order, column: Mixed, nullable: true, down: \"coalesce"
            + "(\\\"Mixed\\\", 'none')\"}",
        "addColumn: {table: Odd Schema.Order, column: {name: A b, type: 'text[]', nullable: false},"
            + " up: \"array[lower(\\\"Order\\\".\\\"Mixed\\\"), feel::text] -- both\"}",
        "addColumn: {table: Odd Schema.Order, column: {name: when, type: timestamptz, nullable:"
            + " false, default: now()}}",
        "createIndex: {table: Odd Schema.Order, name: New Index, columns: [Mixed, \"(upper"
            + "(\\\"Mixed\\\"))\"], unique: true, where: feel = 'good'}",
        "dropIndex: {table: Odd Schema.Order, name: Expr}",
        "addConstraint: {table: Odd Schema.Order, name: A Check, check: \"feel <> 'bad'\"}"
      })
  void oddNamesAndTypesRunAndAreTakenBack(String change) {
    runsAndIsTakenBack(ODD_SCHEMA, RealPlan.definition(change));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "addColumn: {table: events, column: {name: loud, type: text, nullable: false}, up:"
            + " upper(events.kind)}",
        "addColumn: {table: events, column: {name: n, type: integer, nullable: false, default: 7}}",
        "dropColumn: {table: events, column: kind, down: \"'none'\"}",
        "renameColumn: {table: events, from: kind, to: sort}",
        "alterColumn: {table: events, column: size, type: varchar(40)}",
        "alterColumn: {table: events, column: title, type: varchar(40)}",
        "alterColumn: {table: events, column: title, nullable: false}",
        "alterColumn: {table: events, column: kind, nullable: true, down: \"coalesce(kind, '')\"}",
        "createIndex: {table: events, name: events_u, columns: [id, at, title], unique: true}",
        "dropIndex: {table: events, name: events_kind_idx}",
        "addConstraint: {table: events, name: titled, check: title <> ''}",
        "addConstraint: {table: notes, name: of_event, foreignKey: {columns: [event, at],"
            + " references: {table: events, columns: [id, at]}}}",
        "dropTable: {table: events}"
      })
  void partitionedTablesRunAndAreTakenBack(String change) {
    runsAndIsTakenBack(PARTITIONED_SCHEMA, RealPlan.definition(change));
  }

  private static void runsAndIsTakenBack(String schema, String definition) {
    try (Handle handle = ScratchServer.database().open()) {
      ScratchServer.execute(handle, schema);
      ScratchServer.execute(handle, "RESET search_path");
      ScratchServer.execute(handle, "ANALYZE");
      Plan plan = RealPlan.of(handle, definition);
      PlanRunner runner = new PlanRunner(handle);
      SchemaSnapshot before = SchemaSnapshot.read(handle, plan.tables());
      runner.runAndUndo(plan);
      SchemaSnapshot undone = SchemaSnapshot.read(handle, plan.tables());
      assertThat(SchemaDifference.between(before, undone)).isEmpty();
      runner.run(RealPlan.of(handle, definition));
      SchemaSnapshot after = SchemaSnapshot.read(handle, plan.tables());
      assertThat(after.text()).doesNotContain("lockstep_");
      boolean unchanged = SchemaDifference.between(before, after).isEmpty();
      assertThat(unchanged).isEqualTo(plan.tables().isEmpty());
    }
  }

  private static String resource(String name) {
    try (InputStream stream = Migration.class.getResourceAsStream("/examples/" + name)) {
      assertThat(stream).as(name).isNotNull();
      return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
