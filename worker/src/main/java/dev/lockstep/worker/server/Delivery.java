package dev.lockstep.worker.server;

import dev.lockstep.definitions.model.Subject;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A delivery that starts a run. What was delivered is not kept.
 *
 * @param key that no two deliveries share
 * @param bound a second key under which the same delivery may come again
 * @param body SHA-256 of the body
 * @param parameters of the run
 * @param commit beside which the run's state is told
 */
record Delivery(
    String key,
    Optional<String> bound,
    String body,
    String trigger,
    Subject run,
    SortedMap<String, String> parameters,
    Optional<Commit> commit,
    Instant acceptedAt) {
  Delivery {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /**
   * A commit.
   *
   * @param repository as its service names it: OWNER/NAME, or the number of a project
   */
  record Commit(String repository, String sha) {}

  /** The id of the workflow that it starts. */
  String workflowId() {
    return run.id();
  }

  /**
   * What became of it.
   *
   * @param runId of the run that was started or found
   * @param fault why none could be started, ever
   */
  record Settled(String key, Optional<String> runId, Optional<String> fault) {}
}
