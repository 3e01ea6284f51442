package dev.lockstep.activities.dump.place;

import dev.lockstep.workflows.fault.FaultCode;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

  /** Says what it is, never its environment. */
  @Override
  public String toString() {
    return title;
  }
}
