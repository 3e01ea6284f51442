package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.model.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a plan hides old names on trial. */
final class TrialPlanTest {
  private static final List<Signal> SIGNALS =
      List.of(new Signal("errors", new Signal.Query("SELECT 1"), 3));
  private static final Trial TRIAL =
      new Trial(Duration.ofSeconds(60), Duration.ofSeconds(20), 5, SIGNALS);

  @Test
  void theCountComesBeforeWhatIsHiddenAndTheTrialBehindIt() {
    List<PlannedStep> steps = plan(Draft.fullName().with(policy(Optional.of(TRIAL))));

    List<String> ids = steps.stream().map(PlannedStep::id).toList();
    assertThat(ids.subList(ids.indexOf("gate/approve-contract"), ids.size()))
        .containsExactly(
            "gate/approve-contract",
            "gate/before-trial",
            "contract/customers-hide",
            "contract/trial",
            "contract/revert-window",
            "finish/customers-drop");
    assertThat(step(steps, "gate/before-trial").action())
        .isEqualTo(new Action.BeforeTrial("contract", Duration.ofSeconds(20), SIGNALS));
    assertThat(step(steps, "contract/trial").action())
        .isEqualTo(
            new Action.Trial("trial", "gate/before-trial", Duration.ofSeconds(60), 5, SIGNALS));
    assertThat(step(steps, "contract/trial").skippable()).isFalse();
    assertThat(step(steps, "contract/trial").undo().action()).isEmpty();
  }

  @Test
  void yourOwnStatementsComeBehindTheTrial() {
    List<PlannedStep> steps =
        plan(
            Draft.of(
                    Draft.drop("first_name", "''"),
                    new Change.Sql("select 1", "select 2", Change.SqlPhase.CONTRACT))
                .with(policy(Optional.of(TRIAL))));

    assertThat(steps)
        .extracting(PlannedStep::id)
        .containsSubsequence("contract/customers-hide", "contract/trial", "contract/sql-2");
  }

  @Test
  void nothingIsTriedWhereNobodyAsksOrNothingIsHidden() {
    assertThat(plan(Draft.fullName().with(policy(Optional.empty()))))
        .noneMatch(step -> step.id().contains("trial"));
    assertThat(plan(Draft.of(Draft.create("fresh")).with(policy(Optional.of(TRIAL)))))
        .noneMatch(step -> step.id().contains("trial"));
  }

  private static ContractPolicy policy(Optional<Trial> trial) {
    return new ContractPolicy(
            ContractPolicy.Approval.REQUIRED, Duration.ofHours(1), Optional.empty())
        .with(trial);
  }

  private static List<PlannedStep> plan(Draft draft) {
    Planning planning = new PretendServer(TableSketch.customers().build()).plan(draft.build());
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow().steps();
  }

  private static PlannedStep step(List<PlannedStep> steps, String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }
}
