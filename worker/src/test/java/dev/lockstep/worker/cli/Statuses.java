package dev.lockstep.worker.cli;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.api.Verification;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Statuses of one run. */
final class Statuses {
  private static final String STEP = "migrate/customers-backfill";

  private Statuses() {}

  /** At that many of 1,000 rows. */
  static RunStatus backfilling(long done, String... waitingFor) {
    Progress progress =
        new Progress(
            STEP, done, 1000, 250, Optional.of(Duration.ofSeconds(3)), List.of(waitingFor));
    return status(RunState.RUNNING, Optional.of(progress), List.of(waitingFor), List.of());
  }

  /** Two tables at a time. */
  static RunStatus together(long done) {
    Progress first = new Progress(STEP, done, 1000, 0, Optional.empty(), List.of());
    Progress second =
        new Progress("migrate/orders-backfill", 2 * done, 4000, 0, Optional.empty(), List.of());
    return status(
        RunState.RUNNING, Optional.of(first), List.of(first, second), List.of(), List.of());
  }

  /** At a gate, with all rows being verified once more. */
  static RunStatus verifyingAgain(long done) {
    Instant noon = Instant.parse("2026-11-26T12:00:00.5Z");
    Verification rows =
        new Verification(
            Optional.of(noon),
            3_000_000,
            1,
            Optional.of(noon.plusSeconds(900)),
            Optional.of(
                new Progress("verify/rows", done, 3_000_000, 0, Optional.empty(), List.of())));
    RunStatus status = backfilling(0);
    return new RunStatus(
        RunState.WAITING,
        Phase.GATE,
        status.run(),
        Optional.of("gate/approve-contract"),
        Optional.empty(),
        List.of(),
        Optional.of(rows),
        List.of("nobody has approved gate contract"),
        List.of("approve contract"),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static RunStatus held() {
    return status(
        RunState.HELD,
        Optional.empty(),
        List.of(),
        List.of(Fault.of(FaultCode.ROW_REFUSED, "row 7: division by zero", STEP)));
  }

  private static RunStatus status(
      RunState state, Optional<Progress> progress, List<String> waitingFor, List<Fault> faults) {
    return status(state, progress, List.of(), waitingFor, faults);
  }

  private static RunStatus status(
      RunState state,
      Optional<Progress> progress,
      List<Progress> together,
      List<String> waitingFor,
      List<Fault> faults) {
    StepReport step =
        new StepReport(
            STEP,
            Phase.MIGRATE,
            "Fill customers.full_name",
            faults.isEmpty() ? StepState.RUNNING : StepState.FAILED,
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>());
    Hazard hazard =
        new Hazard("NO_KEY", Hazard.Level.WARNING, "customers has no key", "", Optional.empty());
    return new RunStatus(
        state,
        Phase.MIGRATE,
        "full-name/1",
        Optional.of(STEP),
        progress,
        together,
        Optional.empty(),
        waitingFor,
        faults.isEmpty() ? List.of("pause", "abort") : List.of("retry", "abort"),
        Optional.empty(),
        List.of(hazard),
        List.of(step),
        faults,
        List.of());
  }
}
