package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.fakes.Plans;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RequestTest {
  private final Stage stage = new Stage(Plans.whole());

  @BeforeAll
  void nothingIsEverCalled() {
    assertThat(stage.script.calls()).isEmpty();
  }

  @AfterAll
  void close() {
    assertThat(stage.script.calls()).isEmpty();
    stage.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | not nothing",
        "[] | not a list",
        "\"customer-full-name\" | not the text \"customer-full-name\"",
        "7 | not the number 7",
        "true | not true",
        "{} | give either name or definition",
        "{\"name\": \"a\", \"definition\": {}} | give either name or definition, not both",
        "{\"name\": 7} | name is the name of a definition, not the number 7",
        "{\"name\": \"\"} | name is the name of a definition, not the text \"\"",
        "{\"name\": \"a\", \"nmae\": 1} | unknown field nmae; known are name, definition",
        "{\"definition\": []} | definition is one object, not a list",
        "{\"definition\": {}, \"databases\": {}} | databases is a list of Database definitions",
        "{\"definition\": {}, \"databases\": [1]} | databases[0] is an object, not the number 1",
        "{\"name\": \"a\", \"dryRun\": \"yes\"} | dryRun is true or false, not the text \"yes\"",
        "{\"name\": \"a\", \"asPlanned\": 1} | asPlanned is true or false, not the number 1",
        "{\"name\": \"a\", \"searchAttributes\": 1} | searchAttributes is true or false",
        "{\"name\": \"a\", \"continued\": {}} | continued is written by Lockstep alone",
        "{\"name\": \"a\", \"continued\": 7} | continued is written by Lockstep alone"
      })
  void aWrongInputFailsTheRunWithTheReason(String json, String reason) {
    assertThat(Stage.failure(stage.start(json)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("DEFINITION_WRONG");
              assertThat(failure.getOriginalMessage()).contains(reason);
            });
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThat(Stage.failure(stage.start("{\"nmae\": \"a\", \"dryRun\": 1, \"asPlanned\": []}")))
        .hasMessageContaining("unknown field nmae")
        .hasMessageContaining("give either name or definition")
        .hasMessageContaining("dryRun is true or false, not the number 1")
        .hasMessageContaining("asPlanned is true or false, not a list");
  }

  @Test
  void noInputAtAllFailsTheRun() {
    WorkflowStub run = stage.start("migration/none", null);

    assertThat(Stage.failure(run)).hasMessageContaining("not nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"name\": \"a\"} x", "{\"name\": \"a\", \"name\": \"b\"}"})
  void aPayloadThatIsNoJsonFailsTheRunInsteadOfHangingIt(String json) {
    WorkflowStub run = stage.startRaw("migration/raw", json);

    assertThat(Stage.failure(run)).isInstanceOf(ApplicationFailure.class);
  }
}
