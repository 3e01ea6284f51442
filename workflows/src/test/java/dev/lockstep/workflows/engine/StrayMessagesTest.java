package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fakes.Plans;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person can send from the Temporal UI, and that no part of Lockstep would. */
final class StrayMessagesTest {
  private static final String FILL = "backfill migrate/fill";

  private static final List<String> SENSELESS_PROGRESS =
      List.of(
          "null",
          "7",
          "{}",
          "{\"waitingFor\": []}",
          "{\"step\": null, \"waitingFor\": []}",
          "{\"step\": \"migrate/fill\", \"waitingFor\": null}",
          "{\"step\": \"migrate/fill\", \"done\": -5, \"total\": 10, \"waitingFor\": []}",
          "{\"step\": \"migrate/fill\", \"done\": 50, \"total\": 10, \"waitingFor\": []}");

  @Test
  void signalsOfProgressThatMakeNoSenseChangeNothingElse() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();
      Stage.until(run, now -> now.progress().isPresent());

      for (String json : SENSELESS_PROGRESS) {
        run.signal("progress", Stage.tree(json));
        assertThat(Stage.status(run).state()).as(json).isEqualTo(RunState.RUNNING);
      }
      stage.script.release(FILL);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void aSignalOfProgressWithoutInputChangesNothing() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly(FILL);
      WorkflowStub run = stage.start();
      Stage.until(run, now -> now.progress().isPresent());

      run.signal("progress");
      assertThat(Stage.status(run).progress()).isPresent();
      stage.script.release(FILL);

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/place/position", "/stepsAHistory"})
  void aContinuationThatNoEngineWroteFailsTheRunInsteadOfHangingIt(String field) {
    assertThat(failureWith(field, "99", "-1")).isEqualTo("DEFINITION_WRONG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/prepared", "/prepared/plan", "/place", "/said", "/past/steps"})
  void aContinuationWithAGapFailsTheRunInsteadOfHangingIt(String field) {
    assertThat(failureWith(field, "null", "null")).isEqualTo("DEFINITION_WRONG");
  }

  private static String failureWith(String field, String place, String other) {
    try (Stage stage = new Stage(Plans.whole())) {
      ObjectNode request = stage.shortRequest(1);
      int slash = field.lastIndexOf('/');
      JsonNode parent = request.at("/continued" + field.substring(0, slash));
      JsonNode value = Stage.tree(field.startsWith("/place") ? place : other);
      ((ObjectNode) parent).set(field.substring(slash + 1), value);

      WorkflowStub run = stage.start("migration/customer-full-name", request);

      return ((ApplicationFailure) Stage.failure(run)).getType();
    }
  }
}
