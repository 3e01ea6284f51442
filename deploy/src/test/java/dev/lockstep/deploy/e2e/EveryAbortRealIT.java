package dev.lockstep.deploy.e2e;

import dev.lockstep.definitions.examples.Example;
import dev.lockstep.definitions.examples.Examples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example, aborted at every step before the point of no return, each time when the step was
 * done and the engine does not know it yet, so that there is the most to undo. One database serves
 * all runs of an example: each must find it as it was.
 */
final class EveryAbortRealIT {
  @TempDir private static Path folder = Path.of("");
  private static Stage stage;
  private static Requests requests;

  @BeforeAll
  static void setUp() throws Exception {
    stage = new Stage(folder);
    requests = new Requests(folder);
  }

  @AfterAll
  static void tearDown() {
    stage.close();
  }

  /**
   * All but that of several tables at a time, which {@link TablesTogetherRealIT} aborts: the
   * embedded service (temporal-test-server 1.38.0, processRequestCancelActivityTask) stands still
   * where an activity ends in the moment in which it is cancelled. Here that is the rule, since the
   * end of one table's step is what aborts the other's.
   */
  static List<Example> examples() {
    return Examples.migrations().stream()
        .filter(example -> !example.equals(Examples.named("22-tables-at-once.yaml")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void abortRestoresEverythingAtEveryStep(Example example) throws Exception {
    ExampleTrial trial = new ExampleTrial(stage, Server.shared(), requests, example);
    trial.abortAtEveryStep();
  }
}
