package dev.lockstep.worker.report;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was planned and what happened.
 *
 * @param figures of all steps: sums, and maxima for names that begin with {@code max}
 * @param hazards of the plan
 */
public record Course(
    List<Step> steps,
    List<Trace> progress,
    List<Measure> measures,
    List<Stand> states,
    List<Wait> waits,
    List<Trouble> faults,
    List<Fault> undoFailures,
    List<Decision> decisions,
    SortedMap<String, Long> figures,
    List<Hazard> hazards) {
  /** Nothing. */
  static final Course NONE = ofSteps(List.of(), List.of(), List.of());

  /** What is known where nothing but the steps and their faults is recorded. */
  static Course ofSteps(List<Step> steps, List<Trouble> faults, List<Hazard> hazards) {
    return new Course(
        steps,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        faults,
        List.of(),
        List.of(),
        sums(steps),
        hazards);
  }

  static SortedMap<String, Long> sums(List<Step> steps) {
    SortedMap<String, Long> all = new TreeMap<>();
    steps.forEach(
        step ->
            step.figures()
                .forEach(
                    (name, value) ->
                        all.merge(name, value, name.startsWith("max") ? Long::max : Long::sum)));
    return all;
  }

  /**
   * One step of the plan.
   *
   * @param planned absent: the plan is not known
   * @param started absent: not begun
   * @param ended absent: not ended; of one that was undone, when that was done
   * @param work when it was at work, oldest first; empty where only start and end are known
   */
  public record Step(
      String id,
      Phase phase,
      String sentence,
      StepState state,
      Optional<Planned> planned,
      Optional<Instant> started,
      Optional<Instant> ended,
      SortedMap<String, Long> figures,
      List<Work> work) {}

  /**
   * What the plan says of it.
   *
   * @param undo how it is taken back
   * @param estimate how long it takes on an idle machine
   */
  public record Planned(String undo, boolean pointOfNoReturn, Duration estimate) {}

  /**
   * A time at work: the attempts of one call and the pauses between them.
   *
   * @param ended absent: it goes on
   */
  public record Work(Kind kind, Instant started, Optional<Instant> ended, int attempts) {
    /** To which end. */
    public enum Kind {
      /** The step itself. */
      ACT,
      /** Taking it back. */
      UNDO
    }
  }

  /** The reports of one step. */
  public record Trace(String step, Counted counted, List<Sample> samples) {}

  /** What a step counts. */
  public enum Counted {
    /** Rows of a table. */
    ROWS,
    /** Bytes of a backup. */
    BYTES,
    /** Something else, such as pods. */
    PARTS
  }

  /**
   * One report.
   *
   * @param total 0 where not known
   * @param perSecond recent rate
   */
  public record Sample(Instant at, long done, long total, double perSecond) {}

  /**
   * Readings of one thing. Older histories hold some signals of health alone, and those while they
   * were above their limits.
   *
   * @param name such as {@code lag of replica one}
   */
  public record Measure(String name, List<Reading> readings) {}

  /**
   * One reading.
   *
   * @param value milliseconds, or rows of a batch
   */
  public record Reading(Instant at, long value) {}

  /** Since when a run stood so. */
  public record Stand(String state, Instant since) {}

  /**
   * A reason why a step did not go on, or not at full speed.
   *
   * @param reason as it was told last
   * @param ended absent: when it went away is not known
   */
  public record Wait(String step, String reason, Instant started, Optional<Instant> ended) {}

  /**
   * A fault.
   *
   * @param at absent: not recorded
   * @param attempts that failed
   * @param outcome what it came to, for people
   */
  public record Trouble(
      Optional<Instant> at,
      FaultCode code,
      String message,
      String step,
      int attempts,
      String outcome) {}

  /**
   * What a person said.
   *
   * @param by as they say
   * @param identity of their connection, as the service knows it
   * @param comment or reason
   * @param details everything else that they said
   * @param answer absent: none is recorded
   */
  public record Decision(
      Instant at,
      String what,
      Optional<String> by,
      String identity,
      Optional<String> comment,
      SortedMap<String, String> details,
      Optional<String> answer) {}
}
