package dev.lockstep.activities.planning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.RunRecord;
import dev.lockstep.activities.ledger.Runs;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What the ledger says of the last run of a definition, and what follows from it.
 *
 * <table>
 * <caption>The last run and the answer</caption>
 * <tr><td>being undone</td><td>goes on undoing, whatever the definition is now</td></tr>
 * <tr><td>unfinished, same definition, or {@code asPlanned}</td><td>goes on</td></tr>
 * <tr><td>unfinished, other definition</td><td>{@code DEFINITION_CHANGED}</td></tr>
 * <tr><td>succeeded, same definition</td><td>nothing to do</td></tr>
 * <tr><td>anything else, or none</td><td>a new plan</td></tr>
 * </table>
 */
final class EarlierRun {
  private static final int SHOWN_DIFFERENCES = 10;

  private final Handle handle;
  private final Ledger ledger = new Ledger();
  private final Runs runs = new Runs();

  EarlierRun(Handle handle) {
    this.handle = handle;
  }

  /** The number of the next run of that name. */
  int nextNumber(String name) {
    return ledger.exists(handle)
        ? runs.findLatest(handle, name).map(RunRecord::number).orElse(0) + 1
        : 1;
  }

  /** The answer, where no new plan is needed. */
  Optional<Prepared> answer(Resolved resolved, boolean asPlanned) {
    return ledger.exists(handle)
        ? runs.findLatest(handle, resolved.migration().name())
            .flatMap(run -> answer(run, resolved, asPlanned))
        : Optional.empty();
  }

  private Optional<Prepared> answer(RunRecord run, Resolved resolved, boolean asPlanned) {
    boolean same = run.definitionHash().equals(Wire.hash(resolved));
    if (run.state() == RunState.ROLLING_BACK) {
      return Optional.of(prepared(Prepared.State.UNDOING, run, resolved));
    }
    if (!run.state().isFinal()) {
      if (!same && !asPlanned) {
        throw changed(run, resolved);
      }
      return Optional.of(prepared(Prepared.State.RESUMED, run, resolved));
    }
    return same && run.state() == RunState.SUCCEEDED
        ? Optional.of(prepared(Prepared.State.ALREADY_DONE, run, resolved))
        : Optional.empty();
  }

  private Prepared prepared(Prepared.State state, RunRecord run, Resolved resolved) {
    Plan plan = plan(run);
    return new Prepared(
            state,
            run.key(),
            resolved.database(),
            plan,
            run.planHash(),
            run.definitionHash(),
            run.definition())
        .withBegun(begun(run.key(), plan));
  }

  private List<String> begun(RunKey run, Plan plan) {
    Set<String> standing = ledger.findStanding(handle, run);
    return plan.steps().stream().map(PlannedStep::id).filter(standing::contains).toList();
  }

  private static Plan plan(RunRecord run) {
    try {
      return Wire.mapper().readValue(run.plan(), Plan.class);
    } catch (JsonProcessingException e) {
      throw Faults.failure(
          FaultCode.INTERNAL_ERROR,
          "the plan of run " + run.key() + " in the ledger cannot be read by this version",
          "");
    }
  }

  private static ApplicationFailure changed(RunRecord run, Resolved resolved) {
    List<String> differences = differences(run, resolved);
    String shown =
        differences.stream()
            .limit(SHOWN_DIFFERENCES)
            .map(line -> "\n  " + line)
            .collect(Collectors.joining());
    int more = Math.max(0, differences.size() - SHOWN_DIFFERENCES);
    return Faults.failure(
        FaultCode.DEFINITION_CHANGED,
        "the definition differs from that of the unfinished run "
            + run.key()
            + ": let it go on with --as-planned, or abort it, then run the new definition"
            + shown
            + (more > 0 ? "\n  and " + more + " more" : ""),
        "");
  }

  private static List<String> differences(RunRecord run, Resolved resolved) {
    try {
      JsonNode before = Wire.mapper().readTree(run.definition());
      return before.isObject()
          ? DefinitionDifference.between(before, Wire.tree(resolved))
          : List.of();
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }
}
