package dev.lockstep.definitions.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A webhook that may start one definition.
 *
 * @param auth how a delivery proves where it comes from
 * @param when which deliveries start a run
 * @param parameters of the run, by their names, which a delivery gives
 * @param report where the state of the run is told beside the commit; absent: nowhere
 */
public record Trigger(
    String name,
    Subject run,
    TriggerAuth auth,
    When when,
    SortedMap<String, Parameter> parameters,
    Optional<CommitReport> report)
    implements Definition {
  public Trigger {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** The same under another name. */
  public Trigger named(String otherName) {
    return new Trigger(otherName, run, auth, when, parameters, report);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.trigger(this);
  }

  /**
   * Which deliveries start a run; others are answered and forgotten.
   *
   * @param event the only event; absent: every one
   * @param branch the only branch; absent: every one
   * @param body regular expressions for whole values, by their paths in the body, such as {@code
   *     $.action}; all have to fit
   */
  public record When(
      Optional<String> event, Optional<String> branch, SortedMap<String, String> body) {
    /** Every delivery. */
    public static final When ALWAYS = new When(Optional.empty(), Optional.empty(), new TreeMap<>());

    public When {
      body = Collections.unmodifiableSortedMap(new TreeMap<>(body));
    }
  }

  /**
   * Where a parameter's value stands in a delivery, and which values are allowed.
   *
   * @param from a path in the body, such as {@code $.head_commit.id}
   * @param pattern a regular expression for the whole value; where it has a group of the name
   *     {@link #GROUP}, that is the parameter
   */
  public record Parameter(String from, String pattern) {
    /** The name of the group. */
    public static final String GROUP = "value";
  }
}
