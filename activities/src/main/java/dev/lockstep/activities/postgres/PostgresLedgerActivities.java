package dev.lockstep.activities.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.NewRun;
import dev.lockstep.activities.ledger.RunRecord;
import dev.lockstep.activities.ledger.Runs;
import dev.lockstep.activities.postgres.catalogue.SchemaDifference;
import dev.lockstep.activities.postgres.catalogue.SchemaSnapshot;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Claim;
import dev.lockstep.workflows.contract.LedgerActivities;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.Settlement;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The run's record in the target database. Every method is one transaction. */
public final class PostgresLedgerActivities implements LedgerActivities {
  private final Databases databases;
  private final Ledger ledger = new Ledger();
  private final Runs runs = new Runs();

  /** Works on the databases of the scopes. */
  public PostgresLedgerActivities(Databases databases) {
    this.databases = databases;
  }

  @Override
  public StepOutcome claim(Claim claim) {
    return inTransaction(
        claim.scope(),
        transaction -> {
          ledger.create(transaction);
          runs.lockClaims(transaction);
          Optional<RunRecord> known = runs.find(transaction, claim.scope().run());
          if (known.isPresent()) {
            return again(claim, known.get());
          }
          requireFree(transaction, claim);
          runs.create(transaction, begun(transaction, claim));
          SortedMap<String, Long> figures = new TreeMap<>();
          figures.put("tables", (long) claim.plan().tables().size());
          ledger.begin(transaction, claim.scope().run(), claim.scope().step());
          ledger.markDone(transaction, claim.scope().run(), claim.scope().step(), figures);
          return new StepOutcome(false, figures);
        });
  }

  @Override
  public void beginUndo(StepScope scope) {
    inTransaction(
        scope,
        transaction -> {
          if (ledger.exists(transaction)) {
            runs.beginUndo(transaction, scope.run());
          }
          return true;
        });
  }

  @Override
  public List<String> compareSchema(StepScope scope) {
    return inTransaction(
        scope,
        transaction -> {
          if (!ledger.exists(transaction)) {
            return List.of();
          }
          Optional<RunRecord> run = runs.find(transaction, scope.run());
          return run.isEmpty() ? List.of() : differences(transaction, run.get());
        });
  }

  @Override
  public void settle(Settlement settlement) {
    StepScope scope = settlement.scope();
    inTransaction(
        scope,
        transaction -> {
          if (ledger.exists(transaction)) {
            runs.settle(transaction, scope.run(), settlement.state(), settlement.fault());
          }
          return true;
        });
  }

  private StepOutcome again(Claim claim, RunRecord known) {
    if (!known.planHash().equals(claim.planHash())) {
      throw claimed(
          claim,
          "run " + known.key() + " is in the ledger with another plan; somebody else began it");
    }
    if (known.state().isFinal()) {
      throw claimed(claim, "run " + known.key() + " has ended as " + known.state());
    }
    return new StepOutcome(true, new TreeMap<>());
  }

  private void requireFree(Handle transaction, Claim claim) {
    SortedMap<TableName, RunKey> taken =
        runs.findClaims(transaction, claim.scope().run(), claim.plan().tables());
    if (!taken.isEmpty()) {
      throw claimed(
          claim,
          taken.entrySet().stream()
              .map(
                  entry -> entry.getKey() + " is claimed by the unfinished run " + entry.getValue())
              .collect(Collectors.joining(", ")));
    }
  }

  private static ApplicationFailure claimed(Claim claim, String message) {
    return Faults.failure(FaultCode.TABLE_CLAIMED, message, claim.scope().step());
  }

  private static NewRun begun(Handle transaction, Claim claim) throws JsonProcessingException {
    RunKey run = claim.scope().run();
    Plan plan = claim.plan();
    return new NewRun(
        new RunRecord(
            run,
            Runs.numberOf(run),
            RunState.RUNNING,
            claim.definition(),
            claim.definitionHash(),
            Wire.mapper().writeValueAsString(plan),
            claim.planHash(),
            claim.workflowId(),
            SchemaSnapshot.read(transaction, plan.tables()).text()),
        "Migration",
        plan.database(),
        plan.tables());
  }

  private static List<String> differences(Handle transaction, RunRecord run)
      throws JsonProcessingException {
    Plan plan = Wire.mapper().readValue(run.plan(), Plan.class);
    return SchemaDifference.between(
        SchemaSnapshot.parse(run.schemaBefore()), SchemaSnapshot.read(transaction, plan.tables()));
  }

  private <T> T inTransaction(StepScope scope, Work<T> work) {
    return PostgresFaults.translated(
        scope.step(), () -> databases.open(scope.database()).inTransaction(work::in));
  }

  /** Work in a transaction. */
  @FunctionalInterface
  private interface Work<T> {
    T in(Handle transaction) throws Exception;
  }
}
