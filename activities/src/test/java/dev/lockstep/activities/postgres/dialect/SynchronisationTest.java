package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.ScratchServer.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.plan.Synchronisation;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import dev.lockstep.definitions.plan.Synchronisation.Group;
import dev.lockstep.definitions.plan.Synchronisation.Input;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SynchronisationTest {
  private static final TableName CUSTOMERS = new TableName("public", "customers");
  private static final Jdbi DATABASE = ScratchServer.database();

  private final PostgresDialect dialect = new PostgresDialect();
  private final Handle handle;

  SynchronisationTest() {
    handle = DATABASE.open();
    handle.begin();
  }

  @AfterEach
  void rollBack() {
    handle.rollback();
    handle.close();
  }

  @Test
  void oldClientsAreFollowed() {
    customers();
    run("INSERT INTO customers (id, first_name, last_name) VALUES (1, 'Ada', 'Lovelace')");
    assertThat(row()).isEqualTo("Ada|Lovelace|Ada Lovelace");
    run("UPDATE customers SET first_name = 'A.'");
    assertThat(row()).isEqualTo("A.|Lovelace|A. Lovelace");
  }

  @Test
  void newClientsAreFollowed() {
    customers();
    run("INSERT INTO customers (id, full_name) VALUES (1, 'Ada Lovelace')");
    assertThat(row()).isEqualTo("Ada|Lovelace|Ada Lovelace");
    run("UPDATE customers SET full_name = 'Alan Turing'");
    assertThat(row()).isEqualTo("Alan|Turing|Alan Turing");
  }

  @Test
  void newSideWinsWhereBothChange() {
    customers();
    run("INSERT INTO customers VALUES (1, 'a', 'b', 'Ada Lovelace')");
    assertThat(row()).isEqualTo("Ada|Lovelace|Ada Lovelace");
    run("UPDATE customers SET first_name = 'x', full_name = 'Alan Turing'");
    assertThat(row()).isEqualTo("Alan|Turing|Alan Turing");
  }

  @Test
  void nullIsAValueLikeOthers() {
    customers();
    run("INSERT INTO customers (id, first_name) VALUES (1, 'Ada')");
    assertThat(row()).isEqualTo("Ada|NULL|NULL");
    run("UPDATE customers SET last_name = 'L'");
    assertThat(row()).isEqualTo("Ada|L|Ada L");
    run("UPDATE customers SET full_name = NULL");
    assertThat(row()).isEqualTo("NULL|NULL|NULL");
  }

  @Test
  void backfillAndUpdatesOfOtherColumnsAreLeftAlone() {
    run("CREATE TABLE customers (id int, first_name text, last_name text, full_name text)");
    run("INSERT INTO customers VALUES (1, 'Ada', 'Lovelace')");
    create(names());
    run("UPDATE customers SET id = 2");
    assertThat(row()).isEqualTo("Ada|Lovelace|NULL");
    run("SET LOCAL lockstep.backfill = 'on'");
    run("UPDATE customers SET full_name = 'x'");
    assertThat(row()).isEqualTo("Ada|Lovelace|x");
  }

  @Test
  void searchPathOfTheClientDoesNotMatter() {
    customers();
    run("SET LOCAL search_path = ''");
    run("INSERT INTO public.customers (id, full_name) VALUES (1, 'Ada Lovelace')");
    run("UPDATE public.customers SET first_name = 'B'");
    run("RESET search_path");
    assertThat(row()).isEqualTo("B|Lovelace|B Lovelace");
  }

  @Test
  void shadowColumnTakesTheNameOfTheOldOne() {
    run("CREATE TABLE items (id int, amount int, lockstep_new_amount numeric(12,2))");
    create(
        new Synchronisation(
            TableName.parse("items"),
            "zz_lockstep_items",
            List.of(
                new Group(
                    List.of(
                        new Derived(
                            "lockstep_new_amount",
                            "(amount)::numeric / (100)::numeric",
                            inputs("amount"))),
                    List.of(
                        new Derived(
                            "amount",
                            "(amount * (100)::numeric)",
                            List.of(new Input("amount", "lockstep_new_amount"))))))));
    run("INSERT INTO items VALUES (1, 250)");
    assertThat(text("SELECT lockstep_new_amount FROM items")).isEqualTo("2.50");
    run("UPDATE items SET lockstep_new_amount = 3.10");
    assertThat(text("SELECT amount FROM items")).isEqualTo("310");
  }

  @Test
  void typesWithoutEqualityAndOddNamesWork() {
    run("CREATE SCHEMA \"My Schema\"");
    run("CREATE DOMAIN positive AS int CHECK (VALUE > 0)");
    TableName table = new TableName("My Schema", "My \"Table\"");
    String name = dialect.quote(table);
    run("CREATE TABLE " + name + " (\"new\" json, \"Old One\" positive, \"found\" jsonb)");
    create(
        new Synchronisation(
            table,
            "zz_lockstep_odd",
            List.of(
                new Group(
                    List.of(
                        new Derived(
                            "found",
                            "jsonb_build_object('new', \"My \"\"Table\"\"\".new, 'old',"
                                + " \"Old One\") -- built",
                            inputs("new", "Old One"))),
                    List.of(new Derived("new", "(found -> 'new'::text)::json", inputs("found"))))),
            Set.of("new"),
            Set.of()));
    run("INSERT INTO " + name + " VALUES ('{\"a\": 1}', 3)");
    assertThat(text("SELECT found FROM " + name)).isEqualTo("{\"new\": {\"a\": 1}, \"old\": 3}");
    run("UPDATE " + name + " SET \"new\" = '[1]'");
    assertThat(text("SELECT found FROM " + name)).isEqualTo("{\"new\": [1], \"old\": 3}");
    run("UPDATE " + name + " SET found = '{\"new\": 7}'");
    assertThat(text("SELECT \"new\" FROM " + name)).isEqualTo("7");
  }

  @Test
  void writerNeedsNoRightOnTheSchemasThatTheExpressionNames() {
    run("CREATE SCHEMA hidden");
    run("CREATE FUNCTION hidden.up(text) RETURNS text IMMUTABLE RETURN upper($1)");
    run("REVOKE ALL ON FUNCTION hidden.up FROM public");
    run("CREATE ROLE writer");
    run("CREATE ROLE the_owner");
    run("GRANT USAGE ON SCHEMA hidden TO the_owner");
    run("GRANT EXECUTE ON FUNCTION hidden.up TO the_owner");
    run("CREATE TABLE customers (id int, name text, loud text)");
    run("ALTER TABLE customers OWNER TO the_owner");
    run("GRANT ALL ON customers TO writer");
    create(
        new Synchronisation(
            CUSTOMERS,
            "zz_lockstep_loud",
            List.of(
                new Group(
                    List.of(new Derived("loud", "hidden.up(name)", inputs("name"))), List.of()))));
    run("SET LOCAL ROLE writer");
    run("INSERT INTO customers VALUES (1, 'a')");
    run("UPDATE customers SET name = 'b'");
    assertThat(text("SELECT loud FROM customers")).isEqualTo("B");
    assertThat(
            text(
                "SELECT string_agg(DISTINCT proowner::regrole::text, ',') FROM pg_proc WHERE"
                    + " proname LIKE 'zz_lockstep%'"))
        .isEqualTo("the_owner");
  }

  @Test
  void tombstonesFollowTheirNewColumns() {
    customers();
    run("ALTER TABLE customers RENAME first_name TO lockstep_old_first_name");
    run("ALTER TABLE customers RENAME last_name TO lockstep_old_last_name");
    Group group =
        new Group(
            List.of(),
            List.of(
                new Derived(
                    "lockstep_old_first_name",
                    "split_part(full_name, ' ', 1)",
                    inputs("full_name")),
                new Derived(
                    "lockstep_old_last_name",
                    "split_part(full_name, ' ', 2)",
                    inputs("full_name"))));
    dialect
        .replaceSynchronisation(new Synchronisation(CUSTOMERS, "zz_lockstep_names", List.of(group)))
        .forEach(this::run);
    run("INSERT INTO customers (id, full_name) VALUES (1, 'Ada Lovelace')");
    assertThat(row()).isEqualTo("Ada|Lovelace|Ada Lovelace");
    run("UPDATE customers SET full_name = 'Alan Turing'");
    assertThat(row()).isEqualTo("Alan|Turing|Alan Turing");
    run("UPDATE customers SET full_name = 'A B', lockstep_old_first_name = 'kept'");
    assertThat(row()).isEqualTo("kept|B|A B");
  }

  @Test
  void severalFreshColumnsAreDerivedEachFromItsOwnInputs() {
    run("CREATE TABLE customers (id int, name text, first text, last text, age int, years int)");
    create(
        new Synchronisation(
            CUSTOMERS,
            "zz_lockstep_split",
            List.of(
                new Group(
                    List.of(
                        new Derived("first", "split_part(name, ' ', 1)", inputs("name")),
                        new Derived("last", "split_part(name, ' ', 2)", inputs("name"))),
                    List.of(new Derived("name", "first || ' ' || last", inputs("first", "last")))),
                new Group(List.of(new Derived("years", "age", inputs("age"))), List.of()))));
    run("INSERT INTO customers (name, age) VALUES ('Ada Lovelace', 36)");
    assertThat(text("SELECT customers FROM customers"))
        .isEqualTo("(,\"Ada Lovelace\",Ada,Lovelace,36,36)");
    run("UPDATE customers SET last = 'L'");
    assertThat(text("SELECT customers FROM customers")).isEqualTo("(,\"Ada L\",Ada,L,36,36)");
    run("UPDATE customers SET name = 'B C', age = 7");
    assertThat(text("SELECT customers FROM customers")).isEqualTo("(,\"B C\",B,C,7,7)");
  }

  @Test
  void anOldValueIsNotLostWhereANewClientGivesHalfOfARowThatIsNotFilledYet() {
    run("CREATE TABLE customers (id int, name text, first text, last text)");
    run("INSERT INTO customers VALUES (1, 'Ada Lovelace')");
    create(split("name", "name"));
    run("UPDATE customers SET first = 'A.'");
    assertThat(text("SELECT customers FROM customers"))
        .isEqualTo("(1,\"A. Lovelace\",A.,Lovelace)");
    run("UPDATE customers SET last = NULL");
    assertThat(text("SELECT customers FROM customers")).isEqualTo("(1,,A.,)");
  }

  @Test
  void anOldClientFillsAllOfARowThatIsNotFilledYet() {
    run("CREATE TABLE customers (id int, given text, family text, first text, last text)");
    run("ALTER TABLE customers ADD name text");
    run("INSERT INTO customers VALUES (1, 'Ada', 'Lovelace')");
    create(split("given || ' '", "' ' || family", "given", "family"));
    run("UPDATE customers SET given = 'A.'");
    assertThat(text("SELECT first || '|' || last FROM customers")).isEqualTo("A.|Lovelace");
  }

  private static Synchronisation split(String first, String last, String... inputs) {
    String[] firstInputs = inputs.length == 0 ? new String[] {"name"} : new String[] {inputs[0]};
    String[] lastInputs = inputs.length == 0 ? new String[] {"name"} : new String[] {inputs[1]};
    return new Synchronisation(
        CUSTOMERS,
        "zz_lockstep_split",
        List.of(
            new Group(
                List.of(
                    new Derived("first", "split_part(" + first + ", ' ', 1)", inputs(firstInputs)),
                    new Derived("last", "split_part(" + last + ", ' ', 2)", inputs(lastInputs))),
                List.of(new Derived("name", "first || ' ' || last", inputs("first", "last"))))));
  }

  @Test
  void aChangeThatItsTypeCallsEqualIsFollowed() {
    run(
        "CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2',"
            + " deterministic = false)");
    run(
        "CREATE TABLE customers (amount numeric, copy numeric, name text COLLATE folded, said text)");
    create(
        new Synchronisation(
            CUSTOMERS,
            "zz_lockstep_equal",
            List.of(
                new Group(
                    List.of(new Derived("copy", "amount", inputs("amount"))),
                    List.of(new Derived("amount", "copy", inputs("copy")))),
                new Group(List.of(new Derived("said", "name", inputs("name"))), List.of())),
            Set.of("amount", "copy", "name"),
            Set.of()));
    run("INSERT INTO customers (amount, name) VALUES (1.0, 'ada')");
    run("UPDATE customers SET amount = 1.00");
    run("UPDATE customers SET name = 'Ada'");
    assertThat(text("SELECT copy || ' ' || said FROM customers")).isEqualTo("1.00 Ada");
  }

  @Test
  void operatorsOfExtensionsTakeColumnsOnBothSides() {
    run("CREATE OPERATOR public.<+> (FUNCTION = textcat, LEFTARG = text, RIGHTARG = text)");
    run("CREATE TABLE customers (id int, first_name text, last_name text, full_name text)");
    create(
        new Synchronisation(
            CUSTOMERS,
            "zz_lockstep_names",
            List.of(
                new Group(
                    List.of(
                        new Derived(
                            "full_name",
                            "(first_name OPERATOR(public.<+>) last_name)",
                            inputs("first_name", "last_name"))),
                    List.of()))));
    run("INSERT INTO customers VALUES (1, 'Ada', 'Lovelace')");
    assertThat(row()).isEqualTo("Ada|Lovelace|AdaLovelace");
  }

  @Test
  void nobodyElseCanLendTheRightsOfTheOwner() {
    run("CREATE SCHEMA hidden");
    run("CREATE FUNCTION hidden.up(text) RETURNS text IMMUTABLE RETURN upper($1)");
    run("CREATE ROLE stranger");
    run("CREATE TABLE customers (id int, name text, loud text)");
    create(
        new Synchronisation(
            CUSTOMERS,
            "zz_lockstep_loud",
            List.of(
                new Group(
                    List.of(new Derived("loud", "hidden.up(name)", inputs("name"))), List.of()))));
    assertThat(
            text(
                "SELECT bool_or(has_function_privilege('stranger', oid, 'EXECUTE'))::text"
                    + " FROM pg_proc WHERE proname LIKE 'zz_lockstep%'"))
        .isEqualTo("false");
  }

  @Test
  void dropLeavesNothing() {
    customers();
    String left =
        "SELECT (SELECT count(*) FROM pg_trigger) + (SELECT count(*) FROM pg_proc WHERE proname"
            + " LIKE 'zz%')";
    assertThat(text(left)).isEqualTo("4");
    Stream.concat(
            dialect.dropSynchronisation(CUSTOMERS, "zz_lockstep_names").stream(),
            dialect.dropSynchronisation(CUSTOMERS, "zz_lockstep_names").stream())
        .forEach(this::run);
    assertThat(text(left)).isEqualTo("0");
  }

  @Test
  void aRowThatGoesToAnotherPartitionIsLeftAsItIs() {
    run(
        "CREATE TABLE customers (id int, first_name text, last_name text, full_name text)"
            + " PARTITION BY LIST (id)");
    run("CREATE TABLE customers_1 PARTITION OF customers FOR VALUES IN (1)");
    run("CREATE TABLE customers_2 (full_name text, last_name text, first_name text, id int)");
    run("ALTER TABLE customers ATTACH PARTITION customers_2 FOR VALUES IN (2)");
    run("INSERT INTO customers VALUES (1, 'Anna Maria', 'Smith')");
    create(names(Set.of("id")));
    run("CREATE TABLE customers_3 PARTITION OF customers FOR VALUES IN (3)");

    run("SET lockstep.backfill = on");
    run("UPDATE customers SET full_name = first_name || ' ' || last_name");
    run("RESET lockstep.backfill");
    run("UPDATE customers SET id = 2");
    assertThat(row()).isEqualTo("Anna Maria|Smith|Anna Maria Smith");
    run("UPDATE customers SET id = 3, last_name = 'Jones'");
    assertThat(row()).isEqualTo("Anna Maria|Jones|Anna Maria Jones");
    run("UPDATE customers SET id = 1, full_name = 'Bob Dean'");
    assertThat(row()).isEqualTo("Bob|Dean|Bob Dean");
  }

  @Test
  void aRowThatIsNotFilledYetIsFilledOnItsWayToAnotherPartition() {
    run(
        "CREATE TABLE customers (id int, first_name text, last_name text, full_name text)"
            + " PARTITION BY LIST (id)");
    run("CREATE TABLE customers_1 PARTITION OF customers FOR VALUES IN (1)");
    run("CREATE TABLE customers_2 PARTITION OF customers DEFAULT");
    run("INSERT INTO customers VALUES (1, 'Anna Maria', 'Smith')");
    create(names(Set.of("id")));

    run("UPDATE customers SET id = 2");

    assertThat(row()).isEqualTo("Anna Maria|Smith|Anna Maria Smith");
    dialect.dropSynchronisation(CUSTOMERS, "zz_lockstep_names").forEach(this::run);
    assertThat(
            text(
                "SELECT (SELECT count(*) FROM pg_trigger) + (SELECT count(*) FROM pg_proc"
                    + " WHERE proname LIKE 'zz%')"))
        .isEqualTo("0");
  }

  @Test
  void expressionIsWrittenOverTheStoredColumns() {
    Derived down =
        new Derived(
            "amount",
            "(amount * (100)::numeric)",
            List.of(new Input("amount", "lockstep_new_Amount")));
    assertThat(dialect.over(down)).isEqualTo("(\"lockstep_new_Amount\" * (100)::numeric)");
    Derived same = new Derived("b", "Lower(A)", inputs("a"));
    assertThat(dialect.over(same)).isEqualTo("Lower(A)");
  }

  private void customers() {
    run("CREATE TABLE customers (id int, first_name text, last_name text, full_name text)");
    create(names());
  }

  private static Synchronisation names() {
    return names(Set.of());
  }

  private static Synchronisation names(Set<String> movers) {
    return new Synchronisation(
        CUSTOMERS,
        "zz_lockstep_names",
        List.of(
            new Group(
                List.of(
                    new Derived(
                        "full_name",
                        "customers.first_name || ' ' || last_name",
                        inputs("first_name", "last_name"))),
                List.of(
                    new Derived("first_name", "split_part(full_name, ' ', 1)", inputs("full_name")),
                    new Derived(
                        "last_name", "split_part(full_name, ' ', 2)", inputs("full_name"))))),
        Set.of(),
        movers);
  }

  private static List<Input> inputs(String... names) {
    return Stream.of(names).map(name -> new Input(name, name)).toList();
  }

  private void create(Synchronisation synchronisation) {
    dialect.createSynchronisation(synchronisation).forEach(this::run);
  }

  private void run(String sql) {
    execute(handle, sql);
  }

  private String text(String query) {
    return handle.select(query).mapTo(String.class).one();
  }

  /** The three names of the one customer, whatever they are called now. */
  private String row() {
    return handle
        .select("SELECT * FROM customers")
        .map(
            (rows, context) ->
                String.join(
                    "|",
                    String.valueOf(rows.getString(2)),
                    String.valueOf(rows.getString(3)),
                    String.valueOf(rows.getString(4))))
        .one()
        .replace("null", "NULL");
  }
}
