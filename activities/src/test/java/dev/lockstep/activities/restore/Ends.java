package dev.lockstep.activities.restore;

import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.Conclusion;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A drill of half an hour, and its ends. */
final class Ends {
  /** Six hours after the snapshot. */
  static final Instant STARTED = Instant.parse("2026-11-26T02:00:00Z");

  static final SecretReference KEY = new SecretReference.Variable("EVIDENCE_KEY");

  private Ends() {}

  static Drill drill(Duration rto, Duration rpo) {
    return new Drill(
        "shop-drill",
        "shop-nightly",
        Which.LATEST,
        new DrillPlace.Scratch("shop", "postgres", Duration.ofHours(2)),
        List.of(new Restore.Check("recent", "select 1", "= 1")),
        Optional.of(rto),
        Optional.of(rpo),
        Optional.of(KEY));
  }

  static Drill drill() {
    return drill(Duration.ofMinutes(30), Duration.ofHours(24));
  }

  static Drill unsigned() {
    Drill drill = drill();
    return new Drill(
        drill.name(),
        drill.backup(),
        drill.which(),
        drill.into(),
        drill.checks(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Read-back for 10 minutes, the restore and its checks for 20, and the removal. */
  static List<StepReport> steps(StepState check) {
    return List.of(
        step(Phase.PREPARE, "read-back", StepState.DONE, 0, 10),
        step(Phase.EXPAND, "scratch", StepState.DONE, 10, 12),
        step(Phase.MIGRATE, "load", StepState.DONE, 12, 25),
        step(Phase.VERIFY, "compare", StepState.DONE, 25, 26),
        step(Phase.VERIFY, "check-recent", check, 26, 30),
        step(Phase.FINISH, "remove", StepState.DONE, 30, 33));
  }

  static Conclusion succeeded(Drill drill) {
    return end(drill, RunState.SUCCEEDED, steps(StepState.DONE), Optional.empty());
  }

  static Conclusion failed(Drill drill, FaultCode code) {
    return end(
        drill,
        RunState.ROLLED_BACK,
        steps(StepState.FAILED),
        Optional.of(Fault.of(code, "it is " + code, "verify/check-recent")));
  }

  static Conclusion end(
      Definition definition, RunState state, List<StepReport> steps, Optional<Fault> fault) {
    return new Conclusion(
        Scene.scope("shop-drill/7"), definition, Scene.COPY, state, STARTED, steps, fault);
  }

  private static StepReport step(Phase phase, String what, StepState state, int... minutes) {
    return new StepReport(
        phase.name().toLowerCase(Locale.ROOT) + "/" + what,
        phase,
        "The step " + what,
        state,
        Optional.of(STARTED.plus(Duration.ofMinutes(minutes[0]))),
        Optional.of(STARTED.plus(Duration.ofMinutes(minutes[1]))),
        new TreeMap<>(Map.of("durationMillis", 60_000L * (minutes[1] - minutes[0]))));
  }
}
