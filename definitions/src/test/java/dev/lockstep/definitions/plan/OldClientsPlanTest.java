package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.OldClients;
import dev.lockstep.definitions.model.OldClients.ConnectedBefore;
import dev.lockstep.definitions.model.Rollout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a plan waits for old clients that are told by their age or role. */
final class OldClientsPlanTest {
  private static final Optional<String> NONE = Optional.empty();

  @Test
  void theEndOfTheLastRolloutIsNotedRightAfterIt() {
    List<PlannedStep> steps =
        plan(new OldClients(NONE, NONE, Optional.of(ConnectedBefore.ROLLOUT_END)));

    List<String> ids = steps.stream().map(PlannedStep::id).toList();
    assertThat(ids)
        .containsSubsequence(
            "expand/rollout-web",
            "verify/rollout-web",
            "verify/note-rollout-end",
            "gate/old-clients",
            "contract/customers-hide");
    assertThat(ids.indexOf("verify/note-rollout-end"))
        .isEqualTo(ids.indexOf("verify/rollout-web") + 1);
    assertThat(step(steps, "verify/note-rollout-end").skippable()).isFalse();
    assertThat(step(steps, "gate/old-clients").action())
        .isEqualTo(new Action.AwaitOldClients(NONE, NONE, Optional.of("verify/note-rollout-end")));
    assertThat(step(steps, "gate/old-clients").sentence())
        .isEqualTo("waits until no session began before the end of the last rollout");
  }

  @Test
  void itsStartIsNotedRightBeforeIt() {
    List<PlannedStep> steps =
        plan(
            new OldClients(
                Optional.of("web/%"),
                Optional.of("shop"),
                Optional.of(ConnectedBefore.ROLLOUT_START)));

    List<String> ids = steps.stream().map(PlannedStep::id).toList();
    assertThat(ids.indexOf("verify/note-rollout-start"))
        .isEqualTo(ids.indexOf("verify/rollout-web") - 1);
    assertThat(steps).extracting(PlannedStep::phase).isSorted();
    assertThat(step(steps, "gate/old-clients").sentence())
        .isEqualTo(
            "waits until no session is named like web/% and has a user like shop and began before"
                + " the start of the last rollout");
  }

  @Test
  void nothingIsNotedWhereNobodyAsks() {
    List<PlannedStep> steps = plan(new OldClients(NONE, Optional.of("shop"), Optional.empty()));

    assertThat(steps).noneMatch(step -> step.id().contains("note"));
    assertThat(step(steps, "gate/old-clients").action())
        .isEqualTo(new Action.AwaitOldClients(NONE, Optional.of("shop"), NONE));
  }

  private static List<PlannedStep> plan(OldClients old) {
    Draft draft =
        Draft.fullName()
            .with(Draft.rollout(Rollout.After.EXPAND, "web", "shop-web:2"))
            .with(Draft.rollout(Rollout.After.VERIFY, "web", "shop-web:3"))
            .with(ContractPolicy.of(ContractPolicy.Approval.NONE, Duration.ZERO, Optional.of(old)));
    Planning planning = new PretendServer(TableSketch.customers().build()).plan(draft.build());
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow().steps();
  }

  private static PlannedStep step(List<PlannedStep> steps, String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }
}
