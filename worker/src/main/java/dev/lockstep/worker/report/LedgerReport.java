package dev.lockstep.worker.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.PoisonRow;
import dev.lockstep.activities.ledger.RunFacts;
import dev.lockstep.activities.ledger.RunRecord;
import dev.lockstep.activities.ledger.Runs;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.wire.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads what the ledger of a database says of the newest run of a migration. */
public final class LedgerReport {
  private static final String UNKNOWN =
      "progress over time, waits, attempts and decisions: they are in the history of the engine,"
          + " which an embedded one forgets at its end; the ledger keeps steps, sums and the first"
          + " fault";

  private final RunFacts facts = new RunFacts();
  private final Handle handle;

  private LedgerReport(Handle handle) {
    this.handle = handle;
  }

  /**
   * The report; empty where the ledger knows no run of that name.
   *
   * @param handle of the target database
   */
  public static Optional<RunReport> find(Handle handle, String name) {
    return new Ledger().exists(handle)
        ? new Runs().findLatest(handle, name).map(run -> new LedgerReport(handle).of(run, name))
        : Optional.empty();
  }

  private RunReport of(RunRecord run, String name) {
    List<RunFacts.Past> all = facts.findAll(handle, name);
    RunFacts.Past own =
        all.stream()
            .filter(past -> past.key().equals(run.key()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the ledger has lost " + run.key()));
    Optional<Plan> plan = plan(run);
    LedgerSteps steps =
        new LedgerSteps(facts.findSteps(handle, run.key()), facts.findWalked(handle, run.key()));
    Course course =
        Course.ofSteps(
            plan.map(it -> steps.of(it.steps())).orElse(List.of()),
            troubles(own, facts.findPoisonRows(handle, run.key())),
            plan.map(Plan::hazards).orElse(List.of()));
    RunReport report =
        new RunReport(head(run, own, name), course, Copies.of(past(all)), List.of(UNKNOWN));
    return plan.isPresent()
        ? report
        : report.without("the plan and its steps: another version wrote them");
  }

  private static Head head(RunRecord run, RunFacts.Past own, String name) {
    return new Head(
        "Migration",
        name,
        Optional.of(run.key().id()),
        Optional.of(run.workflowId()),
        Head.Source.LEDGER,
        run.state().name(),
        Optional.empty(),
        own.fault().map(fault -> "first fault: " + fault).orElse(""),
        Optional.of(own.started()),
        own.ended(),
        Optional.of(own.database()),
        Optional.of(run.definitionHash()),
        Optional.of(run.planHash()));
  }

  private static Optional<Plan> plan(RunRecord run) {
    try {
      return Optional.of(Wire.mapper().readValue(run.plan(), Plan.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The first fault, and the rows that are set aside. */
  private static List<Course.Trouble> troubles(RunFacts.Past own, List<PoisonRow> poison) {
    List<Course.Trouble> all = new ArrayList<>();
    own.fault()
        .ifPresent(
            fault ->
                all.add(
                    trouble(
                        fault.replaceFirst(":.*", ""),
                        fault.replaceFirst("^[A-Z_]+: ", ""),
                        "the first fault of the run")));
    poison.forEach(row -> all.add(trouble(row.fault(), row.message(), "the row is set aside")));
    return all;
  }

  /** Another version may have written a code that is unknown here: it is told as it stands. */
  private static Course.Trouble trouble(String code, String message, String outcome) {
    Optional<FaultCode> known =
        Arrays.stream(FaultCode.values()).filter(it -> it.name().equals(code)).findFirst();
    return new Course.Trouble(
        Optional.empty(),
        known.orElse(FaultCode.INTERNAL_ERROR),
        known.isPresent() ? message : code + ": " + message,
        "",
        1,
        outcome);
  }

  private static List<Copies.PastRun> past(List<RunFacts.Past> all) {
    return all.stream()
        .map(
            run ->
                new Copies.PastRun(
                    run.key().id(),
                    run.state(),
                    Optional.of(run.started()),
                    run.ended(),
                    run.fault()))
        .toList();
  }
}
