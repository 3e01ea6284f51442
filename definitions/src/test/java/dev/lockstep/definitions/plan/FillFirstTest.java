package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.plan.Action.MovedRows;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FillFirstTest {
  private static Draft added() {
    return Draft.of(Draft.add("mail", "text", false, "email"));
  }

  @Test
  void columnsAreFilledComparedAndOnlyThenShown() {
    assertThat(ids(added()))
        .startsWith(
            "prepare/claim",
            "expand/customers-columns",
            "migrate/customers-backfill",
            "migrate/customers-follow",
            "migrate/customers-catch-up",
            "migrate/customers-show",
            "verify/customers-rows",
            "verify/customers-constraint-lockstep_nn_mail");
  }

  @Test
  void nobodySeesAColumnBeforeItIsFilledAndFollows() {
    PlannedStep show = step(added(), "migrate/customers-show");
    assertThat(statements(show.action()).sql().get(0))
        .isEqualTo("ALTER TABLE customers RENAME COLUMN lockstep_fill_mail TO mail");
    assertThat(statements(show.undo().action().orElseThrow()).sql().get(0))
        .isEqualTo("ALTER TABLE customers RENAME COLUMN mail TO lockstep_fill_mail");
    assertThat(statements(step(added(), "migrate/customers-follow").action()).sql())
        .containsExactly(
            "SYNCHRONISE customers fresh [lockstep_fill_mail = email over email:email id:id] stale []");
  }

  @Test
  void everyRowIsComparedWithItsSourcesBeforeAnybodyElseCanWriteIt() {
    Action.Backfill fill = (Action.Backfill) step(added(), "migrate/customers-backfill").action();
    Action.Verify compare = (Action.Verify) step(added(), "migrate/customers-catch-up").action();
    assertThat(fill.moved()).isEqualTo(MovedRows.LATER_STEP);
    assertThat(compare.mismatch())
        .isEqualTo("NOT (lockstep_fill_mail IS NOT DISTINCT FROM CAST((email) AS text))");
    assertThat(compare.repair())
        .containsExactly(new Action.Assignment("lockstep_fill_mail", "email"));
  }

  @Test
  void aRolloutAfterExpandNeedsColumnsThatFollowAtOnce() {
    assertThat(ids(added().with(Draft.rollout(Rollout.After.EXPAND, "web", "shop-web:2"))))
        .doesNotContain("migrate/customers-show");
  }

  @Test
  void aValueThatCannotBeComputedTwiceFollowsAtOnce() {
    assertThat(ids(Draft.of(Draft.add("mail", "text", true, "email || random()"))))
        .doesNotContain("migrate/customers-show");
  }

  private static List<String> ids(Draft draft) {
    return plan(draft).steps().stream().map(PlannedStep::id).toList();
  }

  private static PlannedStep step(Draft draft, String id) {
    return plan(draft).steps().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private static Action.Statements statements(Action action) {
    return (Action.Statements) action;
  }

  private static Plan plan(Draft draft) {
    Planning planning = new PretendServer(TableSketch.customers().build()).plan(draft.build());
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow();
  }
}
