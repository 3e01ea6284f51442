package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every plan, whatever the changes. */
final class PlanPropertiesTest {
  /** Any of these can be made together. */
  private static final List<Change> CHANGES =
      List.of(
          Draft.add("full_name", "text", false, "first_name || last_name"),
          Draft.drop("first_name", "email"),
          Draft.rename("last_name", "family"),
          Draft.type("age", "bigint"),
          Draft.plain("tier", "text", Optional.of("'basic'")),
          Draft.plain("token", "text", Optional.of("random()")),
          Draft.nullable("email", false),
          Draft.index("by_mail", true, "email"),
          Draft.index("by_family", false, "family"),
          Draft.check("tier_known", "tier IN ('basic', 'gold')"),
          Draft.create("notes"),
          new Change.DropTable("orders"),
          new Change.Sql("GRANT SELECT", "REVOKE SELECT", Change.SqlPhase.EXPAND),
          new Change.Sql("ANALYZE", "ANALYZE", Change.SqlPhase.CONTRACT));

  private static final PretendServer SERVER =
      new PretendServer(
          TableSketch.customers().index("last_name", false, Optional.empty()).build(),
          TableSketch.table("orders").column("total", "bigint", true).build());

  @Property(tries = 300)
  void everyPlanKeepsTheOrder(@ForAll("migrations") Migration migration) {
    Planning planning = SERVER.plan(migration);
    planning.plan().ifPresent(PlanPropertiesTest::inOrder);
    assertThat(planning.plan().isPresent()).isEqualTo(planning.problems().isEmpty());
  }

  @Property(tries = 100)
  void theSameDefinitionGivesTheSamePlan(@ForAll("migrations") Migration migration) {
    assertThat(SERVER.plan(migration)).isEqualTo(SERVER.plan(migration));
  }

  @Provide
  Arbitrary<Migration> migrations() {
    return Arbitraries.of(CHANGES)
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(CHANGES.size())
        .flatMap(
            changes ->
                Arbitraries.of(true, false)
                    .map(ordered -> ordered ? steps(changes) : changes(changes)));
  }

  private static Migration changes(List<Change> changes) {
    return Draft.of(changes.toArray(new Change[0]))
        .with(Draft.rollout(Rollout.After.EXPAND, "web", "x:2"))
        .with(Draft.rollout(Rollout.After.VERIFY, "web", "x:3"))
        .with(
            new ContractPolicy(
                ContractPolicy.Approval.REQUIRED, Duration.ofHours(1), Optional.of("old%")))
        .build();
  }

  private static Migration steps(List<Change> changes) {
    List<Step> steps = new ArrayList<>();
    changes.forEach(c -> steps.add(new Step.Apply(c)));
    steps.add(new Step.Approve("last"));
    return Draft.steps(steps.toArray(new Step[0])).build();
  }

  private static void inOrder(Plan plan) {
    List<PlannedStep> steps = plan.steps();
    assertThat(steps).extracting(PlannedStep::id).doesNotHaveDuplicates();
    assertThat(steps).extracting(PlannedStep::phase).isSorted();
    assertThat(steps).allMatch(s -> s.sentence().length() <= 120);
    assertThat(steps).filteredOn(PlannedStep::pointOfNoReturn).hasSizeLessThanOrEqualTo(1);
    int destroys = first(steps, PlanPropertiesTest::destroys);
    int noReturn = first(steps, PlannedStep::pointOfNoReturn);
    assertThat(noReturn).isLessThanOrEqualTo(destroys);
    for (int i = destroys; i < steps.size(); i++) {
      assertThat(steps.get(i).phase()).isEqualTo(Phase.FINISH);
    }
    for (int i = 0; i < noReturn && i < steps.size(); i++) {
      PlannedStep step = steps.get(i);
      if (step.action() instanceof Action.Statements && step.phase() != Phase.FINISH) {
        assertThat(step.undo().action()).as(step.id()).isPresent();
      }
    }
  }

  private static int first(List<PlannedStep> steps, Predicate<PlannedStep> is) {
    for (int i = 0; i < steps.size(); i++) {
      if (is.test(steps.get(i))) {
        return i;
      }
    }
    return steps.size();
  }

  private static boolean destroys(PlannedStep step) {
    return step.action() instanceof Action.Statements statements
        && statements.sql().stream()
            .map(s -> s.toUpperCase(Locale.ROOT))
            .anyMatch(s -> s.contains("DROP COLUMN") || s.contains("DROP TABLE"));
  }
}
