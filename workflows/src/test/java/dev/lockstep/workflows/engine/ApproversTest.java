package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Approvers;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.fakes.Plans;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Gates that only some people may pass, or only several of them. */
final class ApproversTest {
  static final List<PlannedStep> STEPS =
      List.of(Plans.claim(), Plans.add(), Plans.gate(), Plans.backfill());
  static final Approvers TWO =
      new Approvers(List.of("ada", "grace", "edsger"), 2, Optional.of(Duration.ofHours(4)));

  @Test
  void twoDifferentPeopleOfTheListPassAGate() {
    try (Stage stage = guarded(TWO)) {
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      Stage.say(run, "approve", by("ada"));

      assertThat(reason(run))
          .isEqualTo(
              "nobody has approved gate contract: 1 of 2 approvals, by ada; they may: ada, grace,"
                  + " edsger");
      assertThat(Stage.refusal(run, "approve", by(" ada ")))
          .contains("ada has approved gate contract already; another has to");
      assertThat(Stage.refusal(run, "approve", by("mallory")))
          .contains("mallory may not approve gate contract; these may: [ada, grace, edsger]");
      assertThat(Stage.refusal(run, "approve", by(" "))).contains("say who approves");
      assertThat(Stage.refusal(run, "approve", "{\"gate\": \"contract\"}"))
          .contains("say who approves");
      assertThat(stage.script.calls("backfill")).isEmpty();
      Stage.say(run, "approve", by("grace"));

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void anApprovalThatIsTooOldCountsNoMoreAndMayBeGivenAgain() {
    try (Stage stage = guarded(TWO)) {
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);
      Stage.say(run, "approve", by("ada"));
      stage.environment.sleep(Duration.ofHours(4).plusSeconds(1));

      Stage.say(run, "approve", by("grace"));
      assertThat(reason(run)).contains("1 of 2 approvals, by grace;");
      assertThat(stage.script.calls("backfill")).isEmpty();
      Stage.say(run, "approve", by("ada"));

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void withoutNamesAnybodyWhoGivesOneMay() {
    try (Stage stage = guarded(new Approvers(List.of(), 1, Optional.empty()))) {
      WorkflowStub run = stage.start();
      Stage.until(run, RunState.WAITING);

      assertThat(Stage.refusal(run, "approve", "{\"gate\": \"contract\"}"))
          .contains("say who approves");
      Stage.say(run, "approve", by("mallory"));

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void peopleAreTakenAlongIntoANewHistory() {
    try (Stage stage = guarded(TWO)) {
      CountDownLatch latch = stage.script.block("applyStatements expand/add");
      WorkflowStub run = stage.startShort(1);
      stage.untilCalled("applyStatements expand/add", 1);
      Stage.say(run, "approve", by("ada"));
      latch.countDown();
      Stage.until(run, RunState.WAITING);

      assertThat(Stage.refusal(run, "approve", by("ada"))).contains("another has to");
      Stage.say(run, "approve", by("edsger"));

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  private static Stage guarded(Approvers approvers) {
    Stage stage = new Stage(STEPS);
    stage.script.prepare(Plans.guarded(STEPS, approvers));
    return stage;
  }

  private static String reason(WorkflowStub run) {
    return run.query("status", RunStatus.class).waitingFor().get(0);
  }

  static String by(String name) {
    return "{\"gate\": \"contract\", \"by\": \"%s\", \"comment\": \"looked\"}".formatted(name);
  }
}
