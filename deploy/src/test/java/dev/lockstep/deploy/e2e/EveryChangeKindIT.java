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
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example on a real database: applied, applied again, and aborted at every step before the
 * point of no return: when the step was done and the engine does not know it yet, so that there is
 * the most to undo. One database serves all aborts of an example: each must find it as it was.
 */
final class EveryChangeKindIT {
  private static final String TEMPLATE = "shop_template";
  private static final Server SERVER = Server.shared();

  @TempDir private static Path folder = Path.of("");
  private static Stage stage;
  private static Requests requests;

  @BeforeAll
  static void setUp() throws Exception {
    SERVER.execute("postgres", "CREATE DATABASE " + TEMPLATE);
    SERVER.execute(TEMPLATE, Examples.schemaSql());
    stage = new Stage(folder);
    requests = new Requests(folder);
  }

  @AfterAll
  static void tearDown() {
    stage.close();
  }

  static List<Example> examples() {
    return Examples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isAppliedAndThenThereIsNothingToDo(Example example) {
    Trial trial = new Trial(example);
    RunOutcome outcome = trial.run("apply");
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
    Picture after = trial.picture();
    assertThat(after).isNotEqualTo(trial.before);

    RunOutcome again = trial.run("again");
    assertThat(again.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(again.message())
        .startsWith("nothing to do: run " + example.migration().name() + "/1");
    assertThat(again.steps()).isEmpty();
    assertThat(trial.picture()).isEqualTo(after);
    assertThat(SERVER.number(trial.database, "SELECT count(*) FROM lockstep.runs")).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void abortRestoresEverythingAtEveryStep(Example example) throws Exception {
    Trial trial = new Trial(example);
    trial.abortAt(trial.firstStep());
    for (PlannedStep step : trial.laterStepsBeforeThePointOfNoReturn()) {
      trial.abortAt(step.id());
    }
    RunOutcome outcome = trial.run("to-the-end");
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.figures().getOrDefault("mismatches", 0L)).isZero();
  }

  /** One example on a database of its own. */
  private static final class Trial {
    final String database = SERVER.newDatabase(TEMPLATE);
    final String deployment = database.replace("e2e_", "web");
    final ObjectNode request;
    final Picture before;

    Trial(Example example) {
      this.request = Requests.of(requests.text(example.text(), SERVER.url(database), deployment));
      this.before = picture();
      stage.deploy(deployment);
    }

    String firstStep() {
      ObjectNode dry = request.deepCopy().put("dryRun", true);
      return run("dry", dry).steps().get(0).id();
    }

    /** By the plan that the first run left in the ledger. */
    List<PlannedStep> laterStepsBeforeThePointOfNoReturn() throws JsonProcessingException {
      String plan = SERVER.text(database, "SELECT plan::text FROM lockstep.runs WHERE number = 1");
      return Wire.mapper().readValue(plan, Plan.class).steps().stream()
          .skip(1)
          .takeWhile(step -> !step.pointOfNoReturn())
          .toList();
    }

    RunOutcome run(String name) {
      return run(name, request);
    }

    private RunOutcome run(String name, ObjectNode input) {
      String id = database + "/" + name;
      return new Follower(stage, stage.start(id, input), id).outcome();
    }

    /** Runs, aborts right after the step, and finds everything as it was. */
    void abortAt(String step) {
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
      assertThat(SERVER.number(database, "SELECT count(*) FROM lockstep.claims")).isZero();
    }

    Picture picture() {
      return Picture.of(SERVER, database);
    }
  }
}
