package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NeighboursTest {
  private static final Limits TWO = Limits.DEFAULT.withTables(2);

  @Test
  void eachKindOfWorkOnRowsIsDoneForSeveralTablesTogether() {
    assertThat(marked(several().with(TWO)))
        .containsExactly(
            "1 migrate/orders-backfill",
            "1 migrate/customers-backfill",
            "1 migrate/coupons-backfill",
            "2 migrate/orders-catch-up",
            "2 migrate/customers-catch-up",
            "2 migrate/coupons-catch-up",
            "3 verify/orders-rows",
            "3 verify/customers-rows",
            "3 verify/coupons-rows");
  }

  @Test
  void nothingElseIsMovedAndTheStepsAreTheSame() {
    List<PlannedStep> alone = plan(several()).steps();
    List<PlannedStep> together = plan(several().with(TWO)).steps();

    assertThat(alone).allMatch(step -> step.together().isEmpty());
    assertThat(ids(together)).containsExactlyInAnyOrderElementsOf(ids(alone));
    for (int i = 0; i < alone.size(); i++) {
      if (together.get(i).together().isEmpty()) {
        assertThat(together.get(i)).isEqualTo(alone.get(i));
      }
    }
  }

  @Test
  void thoseThatMayBeDoneTogetherStandSideBySideAndTakeNoLock() {
    List<PlannedStep> steps = plan(several().with(TWO)).steps();
    for (int number = 1; number <= 3; number++) {
      Optional<Integer> group = Optional.of(number);
      List<PlannedStep> members =
          steps.stream().filter(step -> step.together().equals(group)).toList();
      int first = steps.indexOf(members.get(0));
      assertThat(steps.subList(first, first + members.size())).isEqualTo(members);
      assertThat(members)
          .allMatch(step -> step.undo().action().isEmpty() && !step.pointOfNoReturn())
          .noneMatch(step -> step.action() instanceof Action.Statements);
    }
  }

  @Test
  void oneThatIsAskedForMakesAPlanThatMayBeTunedToMore() {
    assertThat(marked(several().with(Limits.DEFAULT.withTables(1)))).hasSize(9);
  }

  @Test
  void columnsThatFollowAtOnceAreFilledTogetherWithThoseThatAreFilledFirst() {
    Draft draft =
        Draft.of(
                Draft.add("lot", "double precision", true, "random()"),
                add("orders", "remark", "note"),
                add("coupons", "label", "code"))
            .with(TWO);
    assertThat(marked(draft))
        .containsExactly(
            "1 migrate/orders-backfill",
            "1 migrate/customers-backfill",
            "1 migrate/coupons-backfill",
            "2 migrate/orders-catch-up",
            "2 migrate/coupons-catch-up",
            "3 verify/orders-rows",
            "3 verify/customers-rows",
            "3 verify/coupons-rows");
  }

  @Test
  void aRolloutAfterExpandChangesNothingAboutIt() {
    assertThat(
            marked(
                several().with(TWO).with(Draft.rollout(Rollout.After.EXPAND, "web", "shop-web:2"))))
        .hasSize(6);
  }

  @Test
  void oneTableIsDoneByItself() {
    assertThat(marked(Draft.fullName().with(TWO))).isEmpty();
  }

  @Test
  void theOrderOfTheAuthorIsKept() {
    Draft draft =
        Draft.steps(
                new Step.Backfill("customers", "email", "'-'", "email IS NULL"),
                new Step.Backfill("orders", "note", "'-'", "note IS NULL"),
                new Step.Apply(add("coupons", "label", "code")))
            .with(TWO);
    assertThat(ids(plan(draft).steps()))
        .containsSubsequence(
            "migrate/customers-backfill-email",
            "migrate/orders-backfill-note",
            "migrate/coupons-backfill");
    assertThat(marked(draft)).isEmpty();
  }

  private static Draft several() {
    return Draft.of(
        Draft.add("full_name", "text", false, "first_name || ' ' || last_name"),
        add("coupons", "label", "code"),
        add("orders", "remark", "note"));
  }

  private static Change.AddColumn add(String table, String name, String up) {
    return new Change.AddColumn(
        table, new Column(name, "text", true, Optional.empty(), false), Optional.of(up));
  }

  private static List<String> ids(List<PlannedStep> steps) {
    return steps.stream().map(PlannedStep::id).toList();
  }

  private static List<String> marked(Draft draft) {
    return plan(draft).steps().stream()
        .filter(step -> step.together().isPresent())
        .map(step -> step.together().orElseThrow() + " " + step.id())
        .toList();
  }

  private static Plan plan(Draft draft) {
    Planning planning =
        new PretendServer(
                TableSketch.customers().build(),
                LookupTest.orders().rows(5_000_000).build(),
                TableSketch.table("coupons").column("code", "text", false).rows(20).build())
            .plan(draft.build());
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow();
  }
}
