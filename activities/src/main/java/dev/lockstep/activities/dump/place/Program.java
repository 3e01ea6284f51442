package dev.lockstep.activities.dump.place;

import dev.lockstep.workflows.fault.FaultCode;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program to run.
 *
 * @param title what it is called in messages, such as {@code pg_dump of shop}
 * @param command its argument vector, which others on that machine can read: no secrets
 * @param environment what is added to the place's own; all of its secrets are here
 * @param input what it reads; absent: nothing
 * @param fault what its failure is
 */
public record Program(
    String title,
    List<String> command,
    SortedMap<String, String> environment,
    Optional<Input> input,
    FaultCode fault) {
  /** Where and what, which may be read: whoever cannot connect wants to see it. */
  private static final Set<String> OPEN =
      Set.of("LC_ALL", "PGAPPNAME", "PGDATABASE", "PGHOST", "PGPORT", "PGSSLMODE", "PGUSER");

  public Program {
    command = List.copyOf(command);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  /** The same with something to read. */
  public Program reading(Input content) {
    return new Program(title, command, environment, Optional.of(content), fault);
  }

  /**
   * What a program reads on its standard input.
   *
   * @param bytes exactly so many; a place may have no other way to say where the content ends
   * @param content not closed
   */
  public record Input(long bytes, InputStream content) {}

  /** The values of the environment that must not be shown. */
  List<String> secrets() {
    return environment.entrySet().stream()
        .filter(variable -> !OPEN.contains(variable.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Says what it is, never its environment. */
  @Override
  public String toString() {
    return title;
  }
}
