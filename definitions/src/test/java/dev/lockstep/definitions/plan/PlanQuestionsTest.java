package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Questions.Conversion;
import dev.lockstep.definitions.plan.Questions.Expression;
import dev.lockstep.definitions.plan.Questions.Given;
import dev.lockstep.definitions.plan.Questions.Into;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanQuestionsTest {
  private static final TableName CUSTOMERS = TableName.parse("customers");

  @Test
  void upSeesTheOldRowAndDownTheNewOne() {
    Questions questions = PlanQuestions.of(Draft.fullName().build());
    assertThat(questions.expressions())
        .contains(
            new Expression(
                "spec.changes[0].addColumn.up",
                CUSTOMERS,
                List.of(),
                "first_name || ' ' || last_name",
                Optional.of(into("text"))),
            new Expression(
                "spec.changes[1].dropColumn.down",
                CUSTOMERS,
                List.of(given("full_name", "text")),
                "split_part(full_name, ' ', 1)",
                Optional.of(
                    new Into(Optional.empty(), Optional.of("first_name"), Conversion.ASSIGNMENT))));
  }

  @Test
  void anAlteredColumnHasItsNewTypeInDown() {
    Questions questions = PlanQuestions.of(Draft.of(Draft.type("age", "bigint")).build());
    assertThat(questions.expressions())
        .contains(
            new Expression(
                "spec.changes[0].alterColumn.down",
                CUSTOMERS,
                List.of(given("age", "bigint")),
                "\"age\"",
                Optional.of(new Into(Optional.empty(), Optional.of("age"), Conversion.CAST))));
  }

  @Test
  void aRenamedColumnHasTheTypeOfTheOldOne() {
    Questions questions =
        PlanQuestions.of(
            Draft.of(Draft.rename("email", "mail"), Draft.check("has_at", "mail LIKE '%@%'"))
                .build());
    assertThat(questions.expressions())
        .singleElement()
        .extracting(Expression::given)
        .isEqualTo(List.of(new Given("mail", Optional.empty(), Optional.of("email"))));
  }

  @Test
  void tablesWorkloadsAndNewNamesAreAskedOnce() {
    Questions questions =
        PlanQuestions.of(
            Draft.of(
                    Draft.reference("orders", "customer_id", "sales.customers"),
                    Draft.index("by_mail", false, "email"),
                    new Change.DropTable("customers"))
                .with(Draft.rollout(Rollout.After.EXPAND, "web", "x:2"))
                .with(Draft.rollout(Rollout.After.VERIFY, "web", "x:3"))
                .build());
    assertThat(questions.tables())
        .containsExactly(CUSTOMERS, TableName.parse("orders"), TableName.parse("sales.customers"));
    assertThat(questions.workloads()).hasSize(1);
    assertThat(questions.relations())
        .containsExactly(TableName.parse("by_mail"), TableName.parse("lockstep_old_customers"));
  }

  @Test
  void aTypeIsAskedAsACast() {
    Questions questions = PlanQuestions.of(Draft.of(Draft.create("notes")).build());
    assertThat(questions.expressions())
        .extracting(e -> e.id() + " " + e.sql())
        .contains("spec.changes[0].createTable.columns[0].type CAST(NULL AS bigint)");
  }

  @Test
  void theValueOfABackfillHasTheTypeOfTheColumnThatAnEarlierStepAdds() {
    Questions questions =
        PlanQuestions.of(
            Draft.steps(
                    new Step.Apply(Draft.plain("tier", "text", Optional.empty())),
                    new Step.Backfill("customers", "tier", "'x'", "tier IS NULL"))
                .build());
    assertThat(questions.expressions())
        .contains(
            new Expression(
                "spec.steps[1].backfill.set",
                CUSTOMERS,
                List.of(given("tier", "text")),
                "'x'",
                Optional.of(into("text"))));
  }

  private static Given given(String name, String type) {
    return new Given(name, Optional.of(type), Optional.empty());
  }

  private static Into into(String type) {
    return new Into(Optional.of(type), Optional.empty(), Conversion.ASSIGNMENT);
  }
}
