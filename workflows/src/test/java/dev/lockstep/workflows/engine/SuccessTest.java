package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.fakes.Plans;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SuccessTest {
  @Test
  void everyStepIsDoneInTheOrderOfThePlanAndTheRunIsSettled() {
    try (Stage stage = new Stage(Plans.whole())) {
      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.phase()).isEqualTo(Phase.FINISH);
      assertThat(outcome.run()).isEqualTo("customer-full-name/1");
      assertThat(outcome.fault()).isEmpty();
      assertThat(outcome.steps())
          .hasSize(14)
          .allSatisfy(
              step -> {
                assertThat(step.state()).isEqualTo(StepReport.StepState.DONE);
                assertThat(step.ended()).isPresent();
              });
      assertThat(stage.script.calls())
          .containsExactly(
              "prepare",
              "claim prepare/claim",
              "applyStatements expand/add",
              "buildIndex expand/index",
              "rollOut expand/rollout",
              "backfill migrate/fill",
              "verify verify/rows",
              "validateConstraint verify/valid",
              "ask gate/ask",
              "awaitOldClients gate/old",
              "removeIndex contract/unindex",
              "applyStatements contract/hide",
              "applyStatements finish/drop",
              "applyStatements finish/names",
              "settle SUCCEEDED");
    }
  }

  @Test
  void figuresAreSummedAndMaximaKept() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.count(
          "applyStatements expand/add", new TreeMap<>(Map.of("maxLockWaitMillis", 40L)));
      stage.script.count(
          "applyStatements contract/hide", new TreeMap<>(Map.of("maxLockWaitMillis", 7L)));
      stage.script.count("backfill migrate/fill", new TreeMap<>(Map.of("rows", 200L)));
      stage.script.count("verify verify/rows", new TreeMap<>(Map.of("rows", 201L)));

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.figures())
          .containsExactly(Map.entry("maxLockWaitMillis", 40L), Map.entry("rows", 401L));
    }
  }
}
