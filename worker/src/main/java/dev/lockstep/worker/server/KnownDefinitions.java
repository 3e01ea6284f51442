package dev.lockstep.worker.server;

import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.yaml.Definitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The definitions of the server's files, read anew every few seconds. While they have a problem,
 * those from before count.
 */
final class KnownDefinitions {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Supplier<Definitions> reader;
  private final Clock clock;
  private final Consumer<String> messages;
  private Definitions current;
  private Instant readAt;
  private String lastProblem = "";

  /**
   * Those of that reader.
   *
   * @param first read already, without a problem
   */
  KnownDefinitions(
      Definitions first, Supplier<Definitions> reader, Clock clock, Consumer<String> messages) {
    this.current = first;
    this.reader = reader;
    this.clock = clock;
    this.messages = messages;
    this.readAt = clock.instant();
  }

  synchronized Definitions now() {
    if (readAt.plus(FRESH).isBefore(clock.instant())) {
      readAt = clock.instant();
      String problem = refresh();
      if (!problem.isEmpty() && !problem.equals(lastProblem)) {
        messages.accept("definitions not taken, those from before count: " + problem);
      }
      lastProblem = problem;
    }
    return current;
  }

  /** What is wrong with those that are there now; empty: they were taken. */
  private String refresh() {
    try {
      Definitions read = reader.get();
      if (read.problems().isEmpty()) {
        current = read;
        return "";
      }
      return read.problems().get(0).toString();
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  Optional<Trigger> trigger(String name) {
    return now().find(Trigger.class, name);
  }
}
