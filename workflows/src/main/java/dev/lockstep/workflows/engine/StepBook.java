package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.StepReport.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of every step, in the plan's order. */
final class StepBook {
  private final List<StepReport> reports = new ArrayList<>();

  /** Begins with nothing done. */
  void open(List<PlannedStep> steps) {
    for (PlannedStep step : steps) {
      reports.add(
          new StepReport(
              step.id(),
              step.phase(),
              step.sentence(),
              StepState.PENDING,
              Optional.empty(),
              Optional.empty(),
              new TreeMap<>()));
    }
  }

  /** Takes over what an earlier history noted. */
  void restore(List<StepReport> earlier) {
    reports.addAll(earlier);
  }

  List<StepReport> reports() {
    return List.copyOf(reports);
  }

  StepState state(String id) {
    return find(id).state();
  }

  /** Whether this run began the step. */
  boolean began(String id) {
    return find(id).started().isPresent();
  }

  /** Notes that the step is being done, for the first time or again. */
  void started(String id) {
    StepReport old = find(id);
    Instant started = old.started().orElseGet(RunClock::now);
    put(old, StepState.RUNNING, Optional.of(started), Optional.empty());
  }

  /** Notes that a step which was stopped is not being done for now. */
  void stopped(String id) {
    StepReport old = find(id);
    if (old.state() == StepState.RUNNING) {
      put(old, StepState.PENDING, old.started(), Optional.empty());
    }
  }

  /** Whether a step needs nothing more. */
  boolean isPast(String id) {
    return find(id).state() == StepState.DONE || find(id).state() == StepState.SKIPPED;
  }

  /** Notes the end of a step with what it counted. */
  void done(String id, SortedMap<String, Long> figures) {
    StepReport old = find(id);
    replace(
        new StepReport(
            id,
            old.phase(),
            old.title(),
            StepState.DONE,
            old.started(),
            Optional.of(RunClock.now()),
            figures));
  }

  /** Notes another end of a step. */
  void ended(String id, StepState state) {
    StepReport old = find(id);
    put(old, state, old.started(), Optional.of(RunClock.now()));
  }

  /** Notes that a step was taken back and will be done again. */
  void reset(String id) {
    StepReport old = find(id);
    put(old, StepState.PENDING, Optional.empty(), Optional.empty());
  }

  private void put(
      StepReport old, StepState state, Optional<Instant> started, Optional<Instant> ended) {
    replace(
        new StepReport(old.id(), old.phase(), old.title(), state, started, ended, old.figures()));
  }

  private StepReport find(String id) {
    return reports.stream()
        .filter(report -> report.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the plan has no step " + id));
  }

  private void replace(StepReport report) {
    reports.replaceAll(old -> old.id().equals(report.id()) ? report : old);
  }
}
