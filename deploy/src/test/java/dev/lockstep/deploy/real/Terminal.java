package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Where a user types {@code lockstep …}: each command is a process of its own. */
final class Terminal {
  private final Path folder;
  private final RealTemporal service;

  /**
   * Opens it.
   *
   * @param folder home and working directory
   */
  Terminal(Path folder, RealTemporal service) {
    this.folder = folder;
    this.service = service;
  }

  /** Starts a command that goes on beside the test. */
  Child start(String... words) throws IOException {
    return Child.lockstep(folder, service.environment(), words);
  }

  /** The same with settings in its environment. */
  Child start(String[] words, Map<String, String> settings) throws IOException {
    Map<String, String> environment = new HashMap<>(service.environment());
    environment.putAll(settings);
    return Child.lockstep(folder, environment, words);
  }

  /** Starts a worker and waits until it works. */
  Child worker(Map<String, String> settings) throws IOException {
    Child worker = start(new String[] {"worker"}, settings);
    Awaitility.await().atMost(Change.PATIENCE).until(() -> isWorking(worker));
    return worker;
  }

  private static boolean isWorking(Child worker) {
    assertThat(worker.isAlive()).as(worker.output()).isTrue();
    return worker.output().contains("working for");
  }

  /** Runs a command that ends with this status; what it printed. */
  String says(int exit, String... words) throws IOException, InterruptedException {
    try (Child child = start(words)) {
      int status = child.exit();
      assertThat(status).as(String.join(" ", words) + ": " + child.output()).isEqualTo(exit);
      return child.output();
    }
  }

  /** The same with {@code --output json}: its standard output, which is one document. */
  JsonNode answers(int exit, String... words) throws IOException, InterruptedException {
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--output", "json")).toArray(String[]::new);
    try (Child child = start(all)) {
      int status = child.exit();
      assertThat(status).as(String.join(" ", all) + ": " + child.output()).isEqualTo(exit);
      return document(child);
    }
  }

  /** The one document on the standard output of a command that has ended. */
  static JsonNode document(Child child) throws JsonProcessingException {
    return Wire.mapper().readTree(child.result());
  }
}
