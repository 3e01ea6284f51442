package dev.lockstep.worker.report;

import dev.lockstep.definitions.plan.Phase;
import java.time.Instant;
import java.util.Optional;

/**
 * Which run it is and how it stands.
 *
 * @param kind of the definition, such as {@code Migration}
 * @param name of the definition
 * @param key of the run in the ledger or the store; absent: it never began
 * @param workflowId absent: the run is known from a store alone
 * @param state a {@link dev.lockstep.workflows.api.RunState}; {@code TERMINATED} or {@code
 *     TIMED_OUT} where the service ended it; {@code UNKNOWN} where nothing is recorded of it
 * @param message one sentence for people; may be empty
 * @param started when it was started
 * @param ended absent: it goes on, or that is not known
 * @param definitionHash SHA-256 of the resolved definition's JSON, hexadecimal
 * @param planHash the same of the plan
 */
public record Head(
    String kind,
    String name,
    Optional<String> key,
    Optional<String> workflowId,
    Source source,
    String state,
    Optional<Phase> phase,
    String message,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<String> database,
    Optional<String> definitionHash,
    Optional<String> planHash) {
  /** Where what is told comes from. */
  public enum Source {
    /** The history that a Temporal service keeps. */
    HISTORY,
    /** The ledger in the target database. */
    LEDGER,
    /** The store of the backups. */
    STORE
  }
}
