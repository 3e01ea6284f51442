package dev.lockstep.activities.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.backup.Keysets;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.StepOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptRestoreRealIT {
  private static final TableName CUSTOMERS = new TableName("public", "customers");

  private static final String VALUES =
      "SELECT string_agg(md5(c.id || ':' || coalesce(c.first_name, '<null>') || ':'"
          + " || coalesce(c.age::text, '<null>')), '' ORDER BY c.id) FROM ";

  @TempDir private Path folder = Path.of("");
  private KeptScene scene = new KeptScene(folder);

  @BeforeEach
  void open() {
    scene.close();
    scene = new KeptScene(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  /** Values that COPY has to escape, and many of them. */
  private void customers() {
    scene.sql(
        "CREATE TABLE customers (id bigint PRIMARY KEY, first_name text COLLATE \"C\" NOT NULL"
            + " DEFAULT 'nobody', age numeric(5, 1), mail text)",
        "COMMENT ON COLUMN customers.first_name IS 'it''s given'",
        "INSERT INTO customers SELECT g, CASE g % 5 WHEN 0 THEN E'tab\\tline\\n"
            + "back\\\\slash \\\\N' WHEN 1 THEN '' WHEN 2 THEN 'Zoë ' || g ELSE md5(g::text) END,"
            + " CASE WHEN g % 7 > 0 THEN g % 90 + 0.5 END, 'm' || g FROM generate_series(1, 7000)"
            + " g",
        "CREATE TABLE before AS SELECT * FROM customers",
        "ALTER TABLE customers RENAME first_name TO lockstep_old_first_name",
        "ALTER TABLE customers RENAME age TO lockstep_old_age");
  }

  private StepOutcome keepColumns() {
    DroppedData.Column name =
        new DroppedData.Column(
            "first_name",
            "lockstep_old_first_name",
            "text",
            Optional.of("pg_catalog.\"C\""),
            false,
            Optional.of("'nobody'::text"),
            false,
            Optional.of("it's given"));
    DroppedData.Column age =
        new DroppedData.Column(
            "age",
            "lockstep_old_age",
            "numeric(5,1)",
            Optional.empty(),
            true,
            Optional.empty(),
            false,
            Optional.empty());
    return scene.keep(1, new DroppedData("tidy-up", CUSTOMERS, CUSTOMERS, List.of(name, age)));
  }

  private void dropColumns() {
    scene.sql(
        "ALTER TABLE customers DROP COLUMN lockstep_old_first_name,"
            + " DROP COLUMN lockstep_old_age");
  }

  @Test
  void columnsComeBackWithEveryValueOfTheRowsThatAreStillThere() {
    customers();
    assertThat(keepColumns().figures()).containsEntry("rows", 7000L);
    dropColumns();
    scene.sql(
        "DELETE FROM customers WHERE id % 100 = 0",
        "INSERT INTO customers (id, mail) SELECT g, 'new' FROM generate_series(8001, 8005) g");

    assertThat(scene.restore("tidy-up"))
        .singleElement()
        .satisfies(
            back -> {
              assertThat(back.kept()).isEqualTo(7000);
              assertThat(back.matched()).isEqualTo(6930);
              assertThat(back.gone()).isEqualTo(70);
              assertThat(back.fresh()).isEqualTo(5);
              assertThat(back.notes()).anyMatch(note -> note.contains("first_name was NOT NULL"));
            });

    assertThat(scene.ask(VALUES + "customers c WHERE id < 8000"))
        .isEqualTo(scene.ask(VALUES + "before c WHERE id % 100 > 0"));
    assertThat(scene.ask("SELECT count(first_name) + count(age) FROM customers WHERE id > 8000"))
        .isEqualTo("0");
    assertThat(
            scene.ask(
                "SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod),"
                    + " attcollation::regcollation, attnotnull, pg_get_expr(adbin, adrelid),"
                    + " col_description(attrelid, attnum)), '; ' ORDER BY attname)"
                    + " FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid"
                    + " AND adnum = attnum WHERE attrelid = 'customers'::regclass"
                    + " AND attname IN ('first_name', 'age')"))
        .isEqualTo("age numeric(5,1) - f; first_name text \"C\" f 'nobody'::text it's given");
    assertThat(scene.ask("SELECT to_regclass('customers_kept')")).isEmpty();

    assertThatThrownBy(() -> scene.restore("tidy-up"))
        .hasMessageContaining(
            "column first_name of customers is there already: nothing was changed");
  }

  @Test
  void aRestoreThatDiesBetweenAnyTwoTransactionsIsGoneOnFrom() {
    customers();
    keepColumns();
    dropColumns();
    boolean written = false;
    int deaths = 0;
    for (int calls = 1; deaths < 100; calls++) {
      try {
        scene.restore(new Mortal(calls), "tidy-up", Optional.empty());
        break;
      } catch (IllegalStateException e) {
        deaths++;
      }
      boolean added =
          !scene
              .ask(
                  "SELECT attname FROM pg_attribute WHERE attrelid = 'customers'::regclass"
                      + " AND attname = 'first_name'")
              .isEmpty();
      if (added && !written) {
        scene.sql("UPDATE customers SET first_name = 'of a client' WHERE id = 6999");
        written = true;
      }
    }

    assertThat(deaths).isBetween(5, 99);
    assertThat(written).isTrue();
    assertThat(scene.ask(VALUES + "customers c WHERE id <> 6999"))
        .isEqualTo(scene.ask(VALUES + "before c WHERE id <> 6999"));
    assertThat(scene.ask("SELECT first_name FROM customers WHERE id = 6999"))
        .isEqualTo("of a client");
    assertThat(scene.ask("SELECT to_regclass('customers_kept')")).isEmpty();
  }

  @Test
  void columnsComeBesideTheirTableWhereThatIsWanted() {
    customers();
    keepColumns();
    dropColumns();
    scene.sql("ALTER TABLE customers ADD first_name text");

    scene.restore("tidy-up/1", "old_names");
    scene.restore("tidy-up/1", "old_names");

    assertThat(scene.ask(VALUES + "old_names c")).isEqualTo(scene.ask(VALUES + "before c"));
    assertThat(scene.ask("SELECT count(first_name) FROM customers")).isEqualTo("0");
    assertThatThrownBy(() -> scene.restore("tidy-up/1", "before"))
        .hasMessageContaining("before is there already and is not of this restore point");
  }

  @Test
  void rowsWithoutAKeyComeBesideTheirTableOnlyWithAllTheirColumns() {
    customers();
    scene.sql("ALTER TABLE customers DROP CONSTRAINT customers_pkey");
    keepColumns();
    dropColumns();

    assertThatThrownBy(() -> scene.restore("tidy-up")).hasMessageContaining("had no key");
    scene.restore("tidy-up", "old_names");

    assertThat(
            scene.ask(
                "SELECT count(*) FROM (TABLE old_names EXCEPT"
                    + " SELECT id, mail, first_name, age FROM before) d"))
        .isEqualTo("0");
    assertThat(scene.ask(VALUES + "old_names c")).isEqualTo(scene.ask(VALUES + "before c"));
  }

  @Test
  void aKeyOfSeveralOddColumnsFindsItsRows() {
    TableName odd = new TableName("public", "Odd table");
    scene.sql(
        "CREATE TABLE \"Odd table\" (\"a b\" text, d date, v integer, lockstep_old_v bigint,"
            + " PRIMARY KEY (d, \"a b\"))",
        "INSERT INTO \"Odd table\" SELECT 'it''s \\\\ ' || g % 50, date '2026-01-01' + g / 50, g, g"
            + " * 3 FROM generate_series(1, 5000) g",
        "CREATE TABLE before AS SELECT * FROM \"Odd table\"");
    DroppedData.Column column =
        new DroppedData.Column(
            "w",
            "lockstep_old_v",
            "bigint",
            Optional.empty(),
            true,
            Optional.empty(),
            false,
            Optional.empty());
    scene.keep(1, new DroppedData("tidy-up", odd, odd, List.of(column)));
    scene.sql("ALTER TABLE \"Odd table\" DROP COLUMN lockstep_old_v");

    scene.restore("tidy-up");

    assertThat(
            scene.ask(
                "SELECT count(*) FROM \"Odd table\" t JOIN before b USING (\"a b\", d)"
                    + " WHERE t.w = b.lockstep_old_v"))
        .isEqualTo("5000");
  }

  @Test
  void aTableComesBackWithItsKeysIndexesSequencesAndForeignKeys() {
    scene.sql(
        "CREATE TABLE regions (id integer PRIMARY KEY)",
        "INSERT INTO regions SELECT g FROM generate_series(1, 5) g",
        "CREATE TABLE coupons (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number serial,"
            + " code text NOT NULL UNIQUE, percent integer CHECK (percent < 100),"
            + " twice integer GENERATED ALWAYS AS (percent * 2) STORED,"
            + " region integer CONSTRAINT in_region REFERENCES regions)",
        "CREATE INDEX coupons_low ON coupons (lower(code)) WHERE percent > 5",
        "COMMENT ON TABLE coupons IS 'of old'",
        "INSERT INTO coupons (code, percent, region) SELECT E'c\\t' || g, g % 100, g % 5 + 1"
            + " FROM generate_series(1, 3000) g",
        "CREATE TABLE before AS SELECT * FROM coupons");
    String shape = shape();
    scene.sql("ALTER TABLE coupons RENAME TO lockstep_old_coupons");
    TableName coupons = new TableName("public", "coupons");
    TableName hidden = new TableName("public", "lockstep_old_coupons");
    scene.keep(1, new DroppedData("tidy-up", coupons, hidden, List.of()));
    scene.sql("DROP TABLE lockstep_old_coupons", "CREATE VIEW coupons AS SELECT 1");

    assertThatThrownBy(() -> scene.restore("tidy-up"))
        .hasMessageContaining("coupons is there already: nothing was changed");
    scene.sql("DROP VIEW coupons");
    BroughtBack back = scene.restore("tidy-up").get(0);

    assertThat(back.matched()).isEqualTo(3000);
    assertThat(shape()).isEqualTo(shape);
    assertThat(
            scene.ask(
                "SELECT count(*) FROM (TABLE coupons EXCEPT TABLE before) d, "
                    + "(SELECT count(*) AS n FROM coupons) c WHERE c.n = 3000"))
        .isEqualTo("0");
    assertThat(
            scene.ask("INSERT INTO coupons (code) VALUES ('next') RETURNING id || ' ' || number"))
        .isEqualTo("3001 3001");
    assertThatThrownBy(() -> scene.restore("tidy-up")).hasMessageContaining("is there already");

    scene.sql("DROP TABLE coupons", "DELETE FROM regions WHERE id = 5");
    assertThat(scene.restore("tidy-up", "coupons_2026").get(0).notes())
        .anyMatch(note -> note.contains("in_region binds new rows only"));
    assertThat(scene.ask("SELECT count(*) FROM coupons_2026")).isEqualTo("3000");
  }

  /** Columns, constraints, indexes and the comment of coupons. */
  private String shape() {
    return scene.ask(
        "SELECT concat_ws('; ', (SELECT string_agg(concat_ws(' ', attname,"
            + " format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,"
            + " pg_get_expr(adbin, adrelid)), ', ' ORDER BY attnum) FROM pg_attribute"
            + " LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
            + " WHERE attrelid = 'coupons'::regclass AND attnum > 0),"
            + " (SELECT string_agg(conname || pg_get_constraintdef(oid) || convalidated, ', '"
            + " ORDER BY conname) FROM pg_constraint WHERE conrelid = 'coupons'::regclass"
            + " AND contype <> 'n'), (SELECT string_agg(indexdef, ', ' ORDER BY indexname)"
            + " FROM pg_indexes WHERE tablename = 'coupons'),"
            + " obj_description('coupons'::regclass, 'pg_class'))");
  }

  @Test
  void aFlippedBitIsFoundBeforeAnythingIsTouched() throws IOException {
    customers();
    keepColumns();
    dropColumns();
    scene.flip("rows.copy");

    assertThatThrownBy(() -> scene.restore("tidy-up"))
        .hasMessageContaining("rows.copy")
        .hasMessageContaining("damaged");
    nothingTouched();
  }

  @Test
  void aWrongKeyAnUnknownRunAndAChangedManifestAreFoundBeforeAnythingIsTouched()
      throws IOException {
    customers();
    keepColumns();
    dropColumns();
    String right = scene.keyset;
    scene.keyset = Keysets.create();
    assertThatThrownBy(() -> scene.restore("tidy-up")).hasMessageContaining("cannot be opened");
    scene.keyset = right;
    assertThatThrownBy(() -> scene.restore("tidy-up/2"))
        .hasMessageContaining("keeps nothing of tidy-up/2; there is: tidy-up/1");
    scene.flip("manifest.json");
    assertThatThrownBy(() -> scene.restore("tidy-up")).hasMessageContaining("damaged");
    nothingTouched();
  }

  private void nothingTouched() {
    assertThat(scene.ask("SELECT to_regclass('customers_kept')")).isEmpty();
    assertThat(
            scene.ask(
                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'customers'::regclass"
                    + " AND attnum > 0 AND NOT attisdropped"))
        .isEqualTo("2");
  }

  @Test
  void aKeyThatIsAnotherOneNowIsRefused() {
    customers();
    keepColumns();
    dropColumns();
    scene.sql("ALTER TABLE customers ALTER id TYPE text");

    assertThatThrownBy(() -> scene.restore("tidy-up"))
        .hasMessageContaining("column id of the key of customers was bigint and is now text");
  }

  /** Dies at a call. */
  private static final class Mortal implements Reporter {
    private final RecordingReporter calm = new RecordingReporter();
    private int left;

    Mortal(int calls) {
      this.left = calls;
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public Duration elapsed() {
      return Duration.ZERO;
    }

    @Override
    public synchronized void alive() {
      left--;
      if (left < 0) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void progress(Progress progress) {
      calm.progress(progress);
    }

    @Override
    public void last(Progress progress) {
      calm.last(progress);
    }
  }
}
