package dev.lockstep.definitions.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A webhook that may start one definition.
 *
 * @param auth how a delivery proves where it comes from
 * @param event the only event that starts a run; absent: every one does
 * @param branch the only branch whose events start a run; absent: every one
 * @param parameters of the run, by their names, which a delivery gives
 * @param report where the state of the run is told beside the commit; absent: nowhere
 */
public record Trigger(
    String name,
    Subject run,
    TriggerAuth auth,
    Optional<String> event,
    Optional<String> branch,
    SortedMap<String, Parameter> parameters,
    Optional<CommitReport> report)
    implements Definition {
  public Trigger {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** The same under another name. */
  public Trigger named(String otherName) {
    return new Trigger(otherName, run, auth, event, branch, parameters, report);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.trigger(this);
  }

  /**
   * Where a parameter's value stands in a delivery, and which values are allowed.
   *
   * @param from a path in the body, such as {@code $.head_commit.id}
   * @param pattern a regular expression for the whole value
   */
  public record Parameter(String from, String pattern) {}
}
