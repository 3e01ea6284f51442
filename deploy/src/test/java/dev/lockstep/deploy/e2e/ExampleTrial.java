package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.examples.Example;
import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.wire.Wire;
import java.util.List;

/** One example on a database of its own. */
final class ExampleTrial {
  private static final String RUNS = "SELECT id || ' ' || state FROM lockstep.runs ORDER BY number";

  private final Stage stage;
  private final Server server;
  private final Example example;
  private final String database;
  private final String deployment;
  private final ObjectNode request;
  private final Picture before;

  /**
   * Makes the database and the Deployment.
   *
   * @param stage that the runs take place on
   * @param server whose new database they change
   */
  ExampleTrial(Stage stage, Server server, Requests requests, Example example) {
    this.stage = stage;
    this.server = server;
    this.example = example;
    this.database = server.newDatabase("template1");
    this.deployment = database.replace("e2e_", "web");
    server.execute(database, Examples.schemaSql());
    this.request = Requests.of(requests.text(example.text(), server.url(database), deployment));
    this.before = picture();
    stage.deploy(deployment);
  }

  /** Its database. */
  String database() {
    return database;
  }

  /** Aborts at every step before the point of no return. */
  void abortAtEveryStep() throws JsonProcessingException {
    abortAt(firstStep());
    for (PlannedStep step : laterStepsBeforeThePointOfNoReturn()) {
      abortAt(step.id());
    }
  }

  private String firstStep() {
    ObjectNode dry = request.deepCopy().put("dryRun", true);
    return run("dry", dry).steps().get(0).id();
  }

  /** By the plan that the first run left in the ledger. */
  private List<PlannedStep> laterStepsBeforeThePointOfNoReturn() throws JsonProcessingException {
    String plan = server.text(database, "SELECT plan::text FROM lockstep.runs WHERE number = 1");
    return Wire.mapper().readValue(plan, Plan.class).steps().stream()
        .skip(1)
        .takeWhile(step -> !step.pointOfNoReturn())
        .toList();
  }

  /** Runs, aborts right after the step, and finds everything as it was. */
  private void abortAt(String step) {
    stage.aborts.plan(database + "/" + step, step);
    RunOutcome outcome = run(step);
    assertThat(stage.aborts.pending(database + "/" + step))
        .as("the run never came to %s: %s", step, outcome.message())
        .isFalse();
    assertThat(outcome.state())
        .as("aborted at %s: %s %s", step, outcome.message(), outcome.undoFailures())
        .isEqualTo(RunState.ROLLED_BACK);
    assertThat(picture()).as("aborted at %s", step).isEqualTo(before);
    assertThat(stage.pods.images(deployment)).containsOnly("shop-web:1");
    assertThat(server.number(database, "SELECT count(*) FROM lockstep.claims")).isZero();
  }

  /** Runs to the end, and again, when there must be nothing to do. */
  void applyAndApplyAgain() {
    RunOutcome outcome = run("apply");
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.figures().getOrDefault("mismatches", 0L)).isZero();
    Picture after = picture();
    assertThat(after).isNotEqualTo(before);
    List<String> runs = server.texts(database, RUNS);
    assertThat(runs).filteredOn(it -> it.endsWith(" SUCCEEDED")).hasSize(1);

    RunOutcome again = run("again");
    assertThat(again.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(again.message())
        .startsWith("nothing to do: run " + example.migration().name() + "/" + runs.size());
    assertThat(again.steps()).isEmpty();
    assertThat(picture()).isEqualTo(after);
    assertThat(server.texts(database, RUNS)).isEqualTo(runs);
  }

  private RunOutcome run(String name) {
    return run(name, request);
  }

  private RunOutcome run(String name, ObjectNode input) {
    String id = database + "/" + name;
    return new Follower(stage, stage.start(id, input), id).outcome();
  }

  private Picture picture() {
    return Picture.of(server, database);
  }
}
