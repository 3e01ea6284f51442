package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Observation.Index;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Plans for tables where the obvious way would fail, block everybody or lose something. */
final class UnusualTablesTest {
  @Test
  void eachOfSeveralTablesHasATriggerOfItsOwn() {
    TableSketch orders = TableSketch.table("orders").column("note", "text", true);
    Change rename = new Change.RenameColumn("orders", "note", "remark");
    Plan plan =
        plan(
            Draft.of(Draft.rename("email", "mail"), rename),
            TableSketch.customers().build(),
            orders.build());
    assertThat(trigger(plan, "finish/customers-drop"))
        .isEqualTo("zz_lockstep_rework__customers")
        .isNotEqualTo(trigger(plan, "finish/orders-drop"));
  }

  @Test
  void aValueOfAnotherTypeIsCastWhereItStandsBesideTheColumn() {
    Plan plan = plan(Draft.of(Draft.add("code", "varchar(5)", true, "age")));
    Action.Backfill backfill = (Action.Backfill) step(plan, "migrate/customers-backfill").action();
    assertThat(backfill.set().get(0).expression())
        .isEqualTo("coalesce(lockstep_fill_code, CAST((age) AS text))");
  }

  @Test
  void aWiderTypeWaitsForNoCheckToBeProvenUnderTheLock() {
    TableSketch checked =
        TableSketch.customers().with("has_at", Kind.CHECK, "CHECK (email LIKE '%@%')", "email");
    assertThat(ids(plan(Draft.of(Draft.type("email", "varchar(80)")), checked.build())))
        .contains("expand/customers-columns", "migrate/customers-backfill");
    Change later = Draft.check("has_at", "email LIKE '%@%'");
    assertThat(ids(plan(Draft.of(Draft.type("email", "varchar(80)"), later))))
        .contains("migrate/customers-backfill");
  }

  @Test
  void aWiderTypeRebuildsNoIndexUnderTheLock() {
    for (String key : List.of("(lower((email)::text))", "(email) WHERE (email IS NOT NULL)")) {
      TableSketch indexed = TableSketch.customers().index(index(key));
      assertThat(ids(plan(Draft.of(Draft.type("email", "varchar(80)")), indexed.build())))
          .contains("migrate/customers-backfill");
    }
    TableSketch plain = TableSketch.customers().index(index("(email) INCLUDE (age)"));
    assertThat(ids(plan(Draft.of(Draft.type("email", "varchar(80)")), plain.build())))
        .containsExactly("prepare/claim", "finish/customers-drop");
  }

  @Test
  void theCheckOfNullsIsGoneBeforeTheTypeIsWidened() {
    Change both =
        new Change.AlterColumn(
            "customers",
            "email",
            Optional.of("varchar(80)"),
            Optional.of(false),
            Optional.empty(),
            Optional.empty());
    assertThat(sql(plan(Draft.of(both)), "finish/customers-drop"))
        .containsExactly(
            "ALTER TABLE customers ALTER COLUMN email SET NOT NULL",
            "ALTER TABLE customers DROP CONSTRAINT IF EXISTS lockstep_nn_email",
            "ALTER TABLE customers ALTER COLUMN email TYPE varchar(80)");
  }

  @Test
  void aSequenceOutlivesTheColumnThatItBelongsTo() {
    TableSketch numbered =
        TableSketch.customers()
            .column(column("number", "integer", Optional.of("nextval('n_seq'::regclass)"), false));
    assertThat(
            sql(
                plan(Draft.of(Draft.rename("number", "no")), numbered.build()),
                "finish/customers-drop"))
        .containsSubsequence(
            "SEQUENCE OF customers.lockstep_old_number TO no",
            "ALTER TABLE customers DROP COLUMN lockstep_old_number");
  }

  @Test
  void aDomainWithConstraintsIsNoTypeOfASecondColumn() {
    assertThat(problems(Draft.of(Draft.plain("mail", "checked_mail", Optional.empty()))))
        .singleElement()
        .matches(p -> p.code() == Code.CHANGE_UNSUPPORTED && p.path().endsWith("column.type"))
        .matches(p -> p.message().contains("rewrites the whole table"));
    assertThat(problems(Draft.of(Draft.type("email", "checked_mail")))).hasSize(1);
    TableSketch table =
        TableSketch.customers().column(column("mail", "checked_mail", Optional.empty(), true));
    assertThat(problems(Draft.of(Draft.rename("mail", "post")), table.build())).hasSize(1);
    assertThat(problems(Draft.of(Draft.type("mail", "text")), table.build())).isEmpty();
    Change created =
        new Change.CreateTable(
            "notes", List.of(new Column("mail", "checked_mail", true, Optional.empty(), false)));
    assertThat(problems(Draft.of(created))).isEmpty();
  }

  @Test
  void noConstraintOverTwoColumnsIsLostBetweenTwoSteps() {
    TableSketch table =
        TableSketch.customers().with("named", Kind.CHECK, "CHECK (…)", "first_name", "last_name");
    Step first = new Step.Apply(Draft.rename("first_name", "given"));
    Step second = new Step.Apply(Draft.rename("last_name", "family"));
    assertThat(problems(Draft.steps(first, second), table.build()))
        .extracting(Problem::code)
        .containsExactly(Code.CHANGE_UNSUPPORTED, Code.CHANGE_UNSUPPORTED);
    assertThat(problems(Draft.steps(first), table.build())).isEmpty();
  }

  @Test
  void noStepUsesATableThatALaterOneMakes() {
    Step create = new Step.Apply(Draft.create("notes"));
    Step index =
        new Step.Apply(
            new Change.CreateIndex(
                "notes", "by_note", List.of("note"), false, Optional.empty(), Optional.empty()));
    Step fill = new Step.Backfill("notes", "note", "'x'", "note IS NULL");
    Step refer = new Step.Apply(Draft.reference("customers", "age", "notes"));
    assertThat(problems(Draft.steps(index, fill, refer, create)))
        .extracting(Problem::code)
        .containsExactly(Code.CHANGES_CLASH, Code.CHANGES_CLASH, Code.CHANGES_CLASH);
    assertThat(problems(Draft.steps(create, index, fill, refer))).isEmpty();
  }

  @Test
  void aForeignKeyNeedsAWholeUniqueIndex() {
    TableSketch orders = TableSketch.table("orders").column("mail", "text", true);
    Change reference =
        new Change.AddConstraint(
            "orders",
            "orders_mail_fk",
            new Constraint.ForeignKey(
                List.of("mail"), "customers", List.of("email"), Constraint.OnDelete.NO_ACTION));
    for (String key : List.of("(lower(email))", "(email) WHERE (age > 1)")) {
      Index partial =
          new Index(
              "by_mail",
              List.of("email"),
              true,
              true,
              "CREATE UNIQUE INDEX by_mail ON public.customers USING btree " + key,
              Optional.empty());
      assertThat(
              problems(
                  Draft.of(reference),
                  orders.build(),
                  TableSketch.customers().index(partial).build()))
          .extracting(Problem::code)
          .containsExactly(Code.OBJECT_UNKNOWN);
    }
  }

  @Test
  void anIndexTakesOnlyWhatIsAlwaysTheSame() {
    assertThat(problems(Draft.of(Draft.index("by_luck", false, "(random() || email)"))))
        .singleElement()
        .matches(p -> p.code() == Code.EXPRESSION_WRONG && p.message().contains("IMMUTABLE"));
  }

  @Test
  void anIdentityColumnIsNeverNull() {
    TableSketch table = TableSketch.customers().column(identity("number"));
    assertThat(problems(Draft.of(Draft.nullable("number", true)), table.build()))
        .singleElement()
        .matches(p -> p.message().contains("identity"));
  }

  @Test
  void aBackfillCannotSetAGeneratedColumn() {
    TableSketch table = TableSketch.customers().column(identity("number"));
    Step fill = new Step.Backfill("customers", "number", "1", "number IS NULL");
    assertThat(problems(Draft.steps(fill), table.build()))
        .singleElement()
        .matches(p -> p.message().contains("generated"));
  }

  @Test
  void aBackfillMustNotFillTheNewNameOfARenamedColumn() {
    Step rename = new Step.Apply(Draft.rename("email", "mail"));
    Step fill = new Step.Backfill("customers", "mail", "'x'", "mail IS NULL");
    assertThat(problems(Draft.steps(rename, fill)))
        .extracting(Problem::code)
        .containsExactly(Code.CHANGE_UNSUPPORTED);
  }

  @Test
  void aBackfillMayPrepareAColumnForNotNull() {
    Step fill = new Step.Backfill("customers", "age", "0", "age IS NULL");
    assertThat(problems(Draft.steps(fill, new Step.Apply(Draft.nullable("age", false))))).isEmpty();
  }

  @Test
  void anIndexThatAForeignKeyStandsOnIsNotDropped() {
    TableSketch table =
        TableSketch.customers()
            .index("email", true, Optional.empty())
            .referredBy("orders", "email");
    Change drop = new Change.DropIndex("customers", "customers_email_idx");
    assertThat(problems(Draft.of(drop), table.build()))
        .singleElement()
        .matches(p -> p.message().contains("orders_fkey"));
    Index twin =
        new Index(
            "twin",
            List.of("email"),
            true,
            true,
            "CREATE UNIQUE INDEX twin ON customers (email)",
            Optional.empty());
    assertThat(problems(Draft.of(drop), table.index(twin).build())).isEmpty();
  }

  @Test
  void aSerialKeyOfANewTableIsWalkedByItsRealType() {
    Change create =
        new Change.CreateTable(
            "notes",
            List.of(
                new Column("id", "bigserial", false, Optional.empty(), true),
                new Column("note", "text", true, Optional.empty(), false)));
    Plan plan =
        plan(
            Draft.steps(
                new Step.Apply(create), new Step.Backfill("notes", "note", "'x'", "note IS NULL")));
    Action.Backfill backfill = (Action.Backfill) step(plan, "migrate/notes-backfill-note").action();
    assertThat(backfill.key().columns()).containsExactly(new RowKey.KeyColumn("id", "bigint"));
  }

  @Test
  void theSameTypeInAnotherSpellingChangesNothing() {
    TableSketch table = TableSketch.customers().column("tags", "character varying(20)[]", true);
    assertThat(ids(plan(Draft.of(Draft.type("tags", "varchar(20)[]")), table.build())))
        .containsExactly("prepare/claim");
  }

  @Test
  void aLongSentenceIsNotCutInTheMiddleOfACharacter() {
    String face = "\uD83D\uDE00";
    Change sql = new Change.Sql("SELECT '" + face.repeat(80) + "'", "", Change.SqlPhase.EXPAND);
    Plan plan = plan(Draft.of(sql, Draft.plain("tier", "text", Optional.empty())));
    String sentence = step(plan, "expand/sql-1").sentence();
    assertThat(sentence.substring(0, sentence.length() - 1)).endsWith(face);
    Change shifted =
        new Change.Sql("SELECT  '" + face.repeat(80) + "'", "", Change.SqlPhase.EXPAND);
    assertThat(step(plan(Draft.of(shifted)), "expand/sql-1").sentence()).endsWith(face + "…");
  }

  @Test
  void ownStatementsStayInTheirTransaction() {
    for (String statement :
        List.of(
            "CREATE INDEX CONCURRENTLY i ON t (a)",
            "ANALYZE t; COMMIT",
            "begin; ANALYZE t; end;",
            "VACUUM t",
            "drop index concurrently i")) {
      assertThat(problems(Draft.of(new Change.Sql(statement, "", Change.SqlPhase.EXPAND))))
          .as(statement)
          .isNotEmpty()
          .allMatch(p -> p.code() == Code.CHANGE_UNSUPPORTED && p.path().endsWith("sql.up"));
    }
    assertThat(problems(Draft.of(new Change.Sql("", "COMMIT", Change.SqlPhase.EXPAND))))
        .singleElement()
        .matches(p -> p.path().endsWith("sql.down"));
    for (String statement :
        List.of(
            "DO $$ BEGIN PERFORM 1; END $$",
            "ROLLBACK TO s",
            "INSERT INTO t VALUES ('; COMMIT;') -- ; COMMIT",
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END")) {
      assertThat(problems(Draft.of(new Change.Sql(statement, "", Change.SqlPhase.EXPAND))))
          .as(statement)
          .isEmpty();
    }
  }

  @Test
  void longStatementsAreLookedAtToo() {
    String text = "SELECT E'" + "\\\\a".repeat(300_000) + "', '" + "x''".repeat(300_000) + "'";
    assertThat(problems(Draft.of(new Change.Sql(text, "", Change.SqlPhase.EXPAND)))).isEmpty();
  }

  private static Index index(String key) {
    return new Index(
        "by_mail",
        List.of("email"),
        false,
        true,
        "CREATE INDEX by_mail ON public.customers USING btree " + key,
        Optional.empty());
  }

  private static TableColumn identity(String name) {
    return new TableColumn(
        name,
        "bigint",
        false,
        Optional.empty(),
        true,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false);
  }

  private static TableColumn column(
      String name, String type, Optional<String> byDefault, boolean constrained) {
    return new TableColumn(
        name,
        type,
        true,
        byDefault,
        false,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        constrained);
  }

  private static Planning planning(Draft draft, Observation.Table... tables) {
    Observation.Table[] known =
        tables.length == 0 ? new Observation.Table[] {TableSketch.customers().build()} : tables;
    return new PretendServer(known).plan(draft.build());
  }

  private static List<Problem> problems(Draft draft, Observation.Table... tables) {
    return planning(draft, tables).problems();
  }

  private static Plan plan(Draft draft, Observation.Table... tables) {
    Planning planning = planning(draft, tables);
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow();
  }

  private static List<String> ids(Plan plan) {
    return plan.steps().stream().map(PlannedStep::id).toList();
  }

  private static PlannedStep step(Plan plan, String id) {
    assertThat(ids(plan)).contains(id);
    return plan.steps().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<String> sql(Plan plan, String id) {
    return ((Action.Statements) step(plan, id).action()).sql();
  }

  private static String trigger(Plan plan, String id) {
    return sql(plan, id).stream()
        .filter(s -> s.startsWith("DROP TRIGGER"))
        .map(s -> s.replaceAll(".*EXISTS (\\S+).*", "$1"))
        .findFirst()
        .orElseThrow();
  }
}
