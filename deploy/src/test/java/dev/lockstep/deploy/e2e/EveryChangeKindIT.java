package dev.lockstep.deploy.e2e;

import dev.lockstep.definitions.examples.Examples;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Some examples on a real database, applied and applied again, or aborted at every step; {@link
 * EveryChangeKindRealIT} and {@link EveryAbortRealIT} do that with all.
 */
final class EveryChangeKindIT {
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

  @ParameterizedTest
  @ValueSource(strings = {"05-alter-column-type.yaml", "14-five-steps.yaml", "15-steps.yaml"})
  void isAppliedAndThenThereIsNothingToDo(String example) throws Exception {
    new ExampleTrial(stage, Server.shared(), requests, Examples.named(example))
        .applyAndApplyAgain();
  }

  @ParameterizedTest
  @ValueSource(strings = {"04-rename-column.yaml", "20-lookup.yaml"})
  void abortRestoresEverythingAtEveryStep(String example) throws Exception {
    new ExampleTrial(stage, Server.shared(), requests, Examples.named(example)).abortAtEveryStep();
  }
}
