package dev.lockstep.worker.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is told of a run. The names of its fields are a contract with programs that read
 * the JSON; moments are ISO-8601 in UTC, durations ISO-8601.
 *
 * @param unknown what the sources of this report do not say, for people
 */
public record RunReport(Head run, Course course, Copies copies, List<String> unknown) {
  public RunReport {
    unknown = List.copyOf(unknown);
  }

  /** The same with what a store holds. */
  RunReport with(Copies known) {
    return new RunReport(run, course, known, unknown);
  }

  /** The same with one thing more that is not known. */
  public RunReport without(String what) {
    List<String> more = new ArrayList<>(unknown);
    more.add(what);
    return new RunReport(run, course, copies, more);
  }
}
