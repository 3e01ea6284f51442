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

/** Every example on a real database: applied, and applied again. */
final class EveryChangeKindRealIT {
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

  static List<Example> examples() {
    return Examples.migrations();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isAppliedAndThenThereIsNothingToDo(Example example) {
    new ExampleTrial(stage, Server.shared(), requests, example).applyAndApplyAgain();
  }
}
