package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.plan.Plan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What planning came to.
 *
 * @param state whether there is something to do
 * @param run its key in the ledger; for {@link State#ALREADY_DONE} that of the run that did it
 * @param plan for {@link State#RESUMED} the plan of the ledger, not a new one
 * @param planHash SHA-256 of the plan's JSON, hexadecimal
 * @param definitionHash SHA-256 of the resolved definition's JSON, hexadecimal
 * @param definition the resolved definition as JSON; the claim puts it into the ledger, so that a
 *     later, edited one can be compared with it
 * @param begun ids of the steps that the ledger knows to have begun and not been undone, in the
 *     plan's order; empty for {@link State#PLANNED}
 * @param searchAttributes whether the worker that prepared it knows that the service has Lockstep's
 *     search attributes, since an unknown one would hang the run; absent: nobody said so
 * @param copy present where the run is a backup, a restore or a drill, and not a migration
 * @param notifications those who want to know of the run
 */
public record Prepared(
    State state,
    RunKey run,
    Database database,
    Plan plan,
    String planHash,
    String definitionHash,
    String definition,
    List<String> begun,
    Optional<Boolean> searchAttributes,
    Optional<CopyRun> copy,
    List<Notification> notifications) {
  /**
   * Those that were written before there was anything else than migrations have no copy, earlier
   * ones no notifications.
   */
  public Prepared {
    begun = List.copyOf(begun);
    copy = Objects.requireNonNullElse(copy, Optional.empty());
    notifications = List.copyOf(Objects.requireNonNullElse(notifications, List.of()));
  }

  /**
   * Of a migration none of whose steps began, before a worker said what it knows of the service.
   */
  public Prepared(
      State state,
      RunKey run,
      Database database,
      Plan plan,
      String planHash,
      String definitionHash,
      String definition) {
    this(
        state,
        run,
        database,
        plan,
        planHash,
        definitionHash,
        definition,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** The same with other steps begun. */
  public Prepared withBegun(List<String> steps) {
    return with(steps, searchAttributes, copy, notifications);
  }

  /** The same on a service that has Lockstep's search attributes. */
  public Prepared searchable() {
    return with(begun, Optional.of(true), copy, notifications);
  }

  /** The same for a backup, a restore or a drill. */
  public Prepared copying(CopyRun what) {
    return with(begun, searchAttributes, Optional.of(what), notifications);
  }

  /** The same with those who want to know of it. */
  public Prepared notifying(List<Notification> them) {
    return with(begun, searchAttributes, copy, them);
  }

  private Prepared with(
      List<String> steps,
      Optional<Boolean> known,
      Optional<CopyRun> what,
      List<Notification> them) {
    return new Prepared(
        state, run, database, plan, planHash, definitionHash, definition, steps, known, what, them);
  }

  /** What kind of definition it runs, such as {@code Migration}. */
  public String kind() {
    return copy.map(CopyRun::kind).orElse("Migration");
  }

  /** Whether there is something to do. */
  public enum State {
    /** A new plan. */
    PLANNED,
    /** An unfinished run goes on; its done steps answer at once. */
    RESUMED,
    /** The last run of the same definition succeeded. */
    ALREADY_DONE,
    /** The unfinished run had begun to undo; it goes on undoing. */
    UNDOING
  }
}
