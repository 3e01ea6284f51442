package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FailureTest {
  /** Each step that an activity does, with the calls that undo the plan up to it. */
  static Stream<Arguments> steps() {
    List<Arguments> steps = new ArrayList<>();
    List<String> undos = new ArrayList<>();
    for (PlannedStep step : Plans.undoable()) {
      undo(step.id()).forEach(undo -> undos.add(0, undo));
      String call = call(step.id());
      if (!call.isEmpty()) {
        steps.add(Arguments.of(call, List.copyOf(undos)));
      }
    }
    return steps.stream();
  }

  private static Stream<String> undo(String id) {
    return switch (id) {
      case "expand/add", "contract/hide" -> Stream.of("undoStatements " + id);
      case "expand/index" -> Stream.of("undoBuildIndex " + id);
      case "expand/rollout" -> Stream.of("rollBack " + id);
      case "contract/unindex" -> Stream.of("undoRemoveIndex " + id);
      default -> Stream.empty();
    };
  }

  static String call(String id) {
    return switch (id) {
      case "expand/add", "contract/hide" -> "applyStatements " + id;
      case "expand/index" -> "buildIndex " + id;
      case "expand/rollout" -> "rollOut " + id;
      case "migrate/fill" -> "backfill " + id;
      case "verify/rows" -> "verify " + id;
      case "verify/valid" -> "validateConstraint " + id;
      case "gate/ask" -> "ask " + id;
      case "gate/old" -> "awaitOldClients " + id;
      case "contract/unindex" -> "removeIndex " + id;
      default -> "";
    };
  }

  private static ApplicationFailure wrong() {
    return Faults.failure(FaultCode.ROW_REFUSED, "row 7 of customers breaks a check", "");
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aFailureAtAnyStepUndoesThatStepAndAllBeforeItInReverse(String call, List<String> undos) {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.fail(call, wrong());

      RunOutcome outcome = Stage.end(stage.start());

      String step = call.substring(call.indexOf(' ') + 1);
      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault())
          .contains(Fault.of(FaultCode.ROW_REFUSED, "row 7 of customers breaks a check", step));
      assertThat(outcome.undoFailures()).isEmpty();
      List<String> calls = stage.script.calls();
      assertThat(calls.subList(calls.indexOf(call) + 1, calls.size()))
          .startsWith("beginUndo")
          .containsSubsequence(undos)
          .hasSize(undos.size() + 3)
          .endsWith("compareSchema", "settle ROLLED_BACK");
    }
  }

  @Test
  void anUndoThatFailsIsToldBesideTheFirstFaultAndTheRestIsUndone() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.fail("ask gate/ask", wrong());
      stage.script.fail(
          "rollBack expand/rollout",
          Faults.failure(FaultCode.ROLLOUT_FAILED, "web did not become available", ""));

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.ROW_REFUSED);
      assertThat(outcome.undoFailures())
          .containsExactly(
              Fault.of(FaultCode.ROLLOUT_FAILED, "web did not become available", "expand/rollout"));
      assertThat(stage.script.calls())
          .containsSubsequence(
              "rollBack expand/rollout",
              "undoBuildIndex expand/index",
              "undoStatements expand/add",
              "settle FAILED");
      assertThat(state(outcome, "expand/rollout")).isEqualTo(StepState.UNDO_FAILED);
      assertThat(state(outcome, "expand/add")).isEqualTo(StepState.UNDONE);
      assertThat(state(outcome, "gate/ask")).isEqualTo(StepState.FAILED);
      assertThat(state(outcome, "gate/old")).isEqualTo(StepState.PENDING);
    }
  }

  @Test
  void aSchemaThatDiffersAfterTheUndoIsAnUndoFailure() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.fail("ask gate/ask", wrong());
      stage.script.differ(List.of("+ customers.full_name text"));

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.FAILED);
      assertThat(outcome.undoFailures())
          .containsExactly(Fault.of(FaultCode.SCHEMA_DIFFERS, "+ customers.full_name text", ""));
    }
  }

  @Test
  void busyIsTriedAgainUntilItWorks() {
    try (Stage stage = new Stage(Plans.whole())) {
      for (int i = 0; i < 5; i++) {
        stage.script.fail(
            "applyStatements expand/add",
            Faults.failure(FaultCode.LOCK_NOT_ACQUIRED, "held by pid 4711", "expand/add"));
      }

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(stage.script.calls("applyStatements expand/add")).hasSize(6);
    }
  }

  @Test
  void busyForTooLongIsTheFaultOfTheLastTry() {
    try (Stage stage = new Stage(Plans.whole())) {
      for (int i = 0; i < 2_000; i++) {
        stage.script.fail(
            "applyStatements expand/add",
            Faults.failure(FaultCode.LOCK_NOT_ACQUIRED, "held by pid 4711", "expand/add"));
      }

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
      assertThat(outcome.fault())
          .contains(Fault.of(FaultCode.LOCK_NOT_ACQUIRED, "held by pid 4711", "expand/add"));
      assertThat(stage.script.calls("undoStatements")).containsExactly("undoStatements expand/add");
    }
  }

  @Test
  void aFailureThatNobodyKnowsIsADefect() {
    try (Stage stage = new Stage(List.of(Plans.claim(), Plans.add()))) {
      stage.script.fail(
          "applyStatements expand/add", ApplicationFailure.newFailure("a surprise", "NEW_TYPE"));
      stage.script.fail(
          "applyStatements expand/add",
          ApplicationFailure.newNonRetryableFailure("a surprise", "NEW_TYPE"));

      RunOutcome outcome = Stage.end(stage.start());

      assertThat(outcome.fault())
          .contains(Fault.of(FaultCode.INTERNAL_ERROR, "NEW_TYPE: a surprise", "expand/add"));
    }
  }

  @Test
  void aFaultBeforeTheClaimFailsTheRunWithoutSettlingAnything() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.fail(
          "claim prepare/claim",
          Faults.failure(FaultCode.TABLE_CLAIMED, "customers is claimed by other/3", ""));

      WorkflowStub run = stage.start();

      assertThat(Stage.failure(run))
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              told -> {
                assertThat(told.getType()).isEqualTo("TABLE_CLAIMED");
                assertThat(told.getOriginalMessage()).isEqualTo("customers is claimed by other/3");
                assertThat(told.getDetails().get(Fault.class).step()).isEqualTo("prepare/claim");
              });
      assertThat(stage.script.calls()).containsExactly("prepare", "claim prepare/claim");
      assertThat(Stage.status(run).state()).isEqualTo(RunState.FAILED);
      assertThat(Stage.status(run).faults())
          .singleElement()
          .extracting(Fault::code)
          .isEqualTo(FaultCode.TABLE_CLAIMED);
    }
  }

  @Test
  void aRunThatCannotBeginShowsWhy() {
    try (Stage stage = new Stage(Plans.whole())) {
      Fault fault = Fault.of(FaultCode.DEFINITION_WRONG, "no table customers", "");
      stage.script.fail("prepare", Faults.failure(fault.code(), fault.message(), fault.step()));

      WorkflowStub run = stage.start();

      assertThat(Stage.failure(run)).hasMessageContaining("no table customers");
      assertThat(Stage.status(run).state()).isEqualTo(RunState.FAILED);
      assertThat(Stage.status(run).faults()).containsExactly(fault);
    }
  }

  static StepState state(RunOutcome outcome, String step) {
    return outcome.steps().stream()
        .filter(report -> report.id().equals(step))
        .findFirst()
        .orElseThrow()
        .state();
  }
}
