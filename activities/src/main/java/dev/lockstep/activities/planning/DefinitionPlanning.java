package dev.lockstep.activities.planning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.ledger.Runs;
import dev.lockstep.activities.planning.Resolution.Found;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.dialect.PostgresDialect;
import dev.lockstep.activities.postgres.observe.PostgresObserver;
import dev.lockstep.definitions.lint.Lint;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlanQuestions;
import dev.lockstep.definitions.plan.Planner;
import dev.lockstep.definitions.plan.Planning;
import dev.lockstep.definitions.plan.Questions;
import dev.lockstep.workflows.contract.Addressees;
import dev.lockstep.workflows.contract.PlanActivities;
import dev.lockstep.workflows.contract.Preparation;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * From a run's input to a plan. Works inside and outside of an activity, and changes nothing.
 *
 * <ol>
 *   <li>Find and check the definitions that are meant.
 *   <li>Ask the ledger for an earlier run: an unfinished one goes on with its own plan.
 *   <li>Else observe what the planner asks for, and plan.
 * </ol>
 */
public final class DefinitionPlanning implements PlanActivities {
  private final Databases databases;
  private final Resolution resolution;
  private final WorkloadObserver workloads;
  private final CopyPlanning copies;
  private final ToldOf toldOf;

  /**
   * Plans.
   *
   * @param source of definitions that are only named
   * @param backups looks for those that are to be restored
   */
  public DefinitionPlanning(
      Databases databases,
      DefinitionSource source,
      WorkloadObserver workloads,
      BackupFinder backups) {
    this.databases = databases;
    this.resolution = new Resolution(source);
    this.copies = new CopyPlanning(source, backups);
    this.toldOf = new ToldOf(source);
    this.workloads = workloads;
  }

  @Override
  public Prepared prepare(Preparation preparation) {
    List<Notification> told = toldOf.find(preparation);
    try {
      return prepare(preparation.kind(), preparation.request()).notifying(told);
    } catch (ApplicationFailure e) {
      throw Faults.notifying(e, told);
    }
  }

  @Override
  public Addressees findAddressees(Preparation preparation) {
    return new Addressees(toldOf.find(preparation));
  }

  /**
   * Plans what a run with this input would do.
   *
   * @param kind of the definition, such as {@code Migration}
   * @param request see {@link dev.lockstep.workflows.api.MigrationWorkflow#run}
   * @throws io.temporal.failure.ApplicationFailure as the run would fail
   */
  public Prepared prepare(String kind, JsonNode request) {
    PlanRequest read = PlanRequest.read(request);
    return kind.equals("Migration") ? migration(read) : copies.prepare(kind, read);
  }

  private Prepared migration(PlanRequest read) {
    return PostgresFaults.translated(
        "",
        () -> {
          Found found = resolution.find(read);
          return databases
              .open(found.resolved().database())
              .withHandle(handle -> prepare(handle, read, found));
        });
  }

  private Prepared prepare(Handle handle, PlanRequest request, Found found)
      throws JsonProcessingException {
    EarlierRun earlier = new EarlierRun(handle);
    Optional<Prepared> answer = earlier.answer(found.resolved(), request.asPlanned());
    if (answer.isPresent()) {
      return answer.get();
    }
    Migration migration = found.resolved().migration();
    Plan plan = plan(handle, request, found);
    return PlanSize.checked(
        new Prepared(
            Prepared.State.PLANNED,
            Runs.key(migration.name(), earlier.nextNumber(migration.name())),
            found.resolved().database(),
            plan,
            Wire.hash(plan),
            Wire.hash(found.resolved()),
            Wire.mapper().writeValueAsString(found.resolved())));
  }

  private Plan plan(Handle handle, PlanRequest request, Found found) {
    Migration migration = found.resolved().migration();
    Questions questions = PlanQuestions.of(migration);
    Observation observation =
        new PostgresObserver()
            .observe(handle, questions, workloads.observe(questions.workloads()))
            .with(copies.restorePoint(migration, request));
    Planning planning = Planner.plan(migration, observation, new PostgresDialect(), Lint.rules());
    return planning
        .plan()
        .orElseThrow(
            () ->
                Faults.failure(
                    FaultCode.PLAN_REFUSED,
                    planning.problems().stream()
                        .map(problem -> found.origin().located(found.written(), problem).toString())
                        .collect(Collectors.joining("\n")),
                    ""));
  }
}
