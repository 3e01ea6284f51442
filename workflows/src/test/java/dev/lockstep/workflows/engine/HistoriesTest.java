package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.workflows.fakes.Plans;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every stored history replays: a run that began on an earlier engine goes on with this one. With
 * {@code -Dlockstep.histories=missing} the histories of new scenarios are played and written first.
 * With {@code =write} all are written anew; only a change that is meant to break running migrations
 * may do so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HistoriesTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "histories");

  private final Stage stage = new Stage(Plans.whole());

  @BeforeAll
  void writeIfAsked() throws IOException {
    String wish = System.getProperty("lockstep.histories", "");
    for (Scenario scenario : Scenario.all()) {
      boolean missing = !Files.exists(FOLDER.resolve(scenario.name() + "-0.json"));
      if (!wish.equals("write") && !(wish.equals("missing") && missing)) {
        continue;
      }
      List<String> histories = scenario.play();
      for (int i = 0; i < histories.size(); i++) {
        Files.writeString(FOLDER.resolve(scenario.name() + "-" + i + ".json"), histories.get(i));
      }
    }
  }

  @AfterAll
  void close() {
    stage.close();
  }

  static Stream<Path> stored() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static WorkflowExecutionHistory read(String name) throws IOException {
    return WorkflowExecutionHistory.fromJson(Files.readString(FOLDER.resolve(name)));
  }

  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  @ParameterizedTest
  @MethodSource("stored")
  void everyStoredHistoryReplays(Path file) throws Exception {
    WorkflowExecutionHistory history = WorkflowExecutionHistory.fromJson(Files.readString(file));

    stage.worker.replayWorkflowExecution(history);

    assertThat(history.getEvents().size()).isGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyScenarioHasAHistory(Scenario scenario) {
    assertThat(FOLDER.resolve(scenario.name() + "-0.json")).exists();
  }

  @Test
  void aHistoryOfAnotherOrderDoesNotReplay() throws IOException {
    String history = Files.readString(FOLDER.resolve("success-0.json"));
    WorkflowExecutionHistory other =
        WorkflowExecutionHistory.fromJson(history.replace("\"buildIndex\"", "\"removeIndex\""));

    assertThatThrownBy(() -> stage.worker.replayWorkflowExecution(other))
        .hasStackTraceContaining("NonDeterministicException");
  }
}
