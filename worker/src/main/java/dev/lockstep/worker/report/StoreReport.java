package dev.lockstep.worker.report;

import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.restore.DrillHistory;
import dev.lockstep.activities.restore.Evidence;
import dev.lockstep.activities.restore.RunHistory;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.workflows.fault.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what a store says of the newest run of a backup, a restore or a drill. */
public final class StoreReport {
  private static final String UNKNOWN =
      "the plan, progress over time, waits, attempts and decisions: they are in the history of the"
          + " engine, which an embedded one forgets at its end";

  private final CopiesReader reader;
  private final ObjectStore store;

  /**
   * Reads from a store.
   *
   * @param vault of the same store
   */
  public StoreReport(ObjectStore store, Vault vault, String storeName) {
    this.store = store;
    this.reader = new CopiesReader(store, vault, storeName);
  }

  /**
   * A run that is known from elsewhere, with what the store says.
   *
   * @param backup name of the definition of the backup
   * @param id of the backup
   */
  public RunReport with(RunReport report, Definition definition, String backup, String id) {
    Copies copies = reader.read(definition, backup, Optional.of(id), report.run().started());
    RunReport more = report.with(copies);
    return copies.backup().isPresent()
        ? more
        : more.without("the backup " + backup + "/" + id + ": the store does not hold it");
  }

  /**
   * The newest run of a definition; empty where the store knows none.
   *
   * @param backup name of the definition of the backup
   */
  public Optional<RunReport> find(Definition definition, String backup) {
    if (definition instanceof Drill) {
      return DrillReader.newest(DrillHistory.read(store, definition.name()))
          .flatMap(DrillHistory.Past::evidence)
          .map(evidence -> ofDrill(definition, backup, evidence));
    }
    return reader.runs(definition).stream()
        .findFirst()
        .map(run -> ofRecord(definition, backup, run));
  }

  private RunReport ofDrill(Definition definition, String backup, Evidence evidence) {
    Head head =
        head(
            definition,
            new Ending(
                evidence.run(),
                "the drill says of %s/%s: %s"
                    .formatted(evidence.backup(), evidence.id(), evidence.verdict().words()),
                evidence.started(),
                evidence.ended(),
                state(evidence)));
    List<Course.Step> steps =
        evidence.steps().stream()
            .map(
                step ->
                    new Course.Step(
                        step.id(),
                        step.phase(),
                        step.title(),
                        step.state(),
                        Optional.empty(),
                        step.started(),
                        step.ended(),
                        step.figures(),
                        List.of()))
            .toList();
    Course course = Course.ofSteps(steps, troubles(evidence.fault()), List.of());
    Copies copies = reader.read(definition, backup, Optional.of(evidence.id()), Optional.empty());
    return new RunReport(head, course, copies, List.of(UNKNOWN));
  }

  private static String state(Evidence evidence) {
    return switch (evidence.verdict()) {
      case VERIFIED -> "SUCCEEDED";
      case FAILED, COULD_NOT_VERIFY -> evidence.fault().isPresent() ? "ROLLED_BACK" : "FAILED";
    };
  }

  private RunReport ofRecord(Definition definition, String backup, RunHistory.Past run) {
    Head head =
        head(
            definition,
            new Ending(
                run.key().replaceFirst("^runs/[a-z]+/", ""),
                run.fault().map(Fault::message).orElse(""),
                run.started(),
                run.ended(),
                run.state().name()));
    Course none = Course.NONE;
    Course course =
        new Course(
            none.steps(),
            none.progress(),
            none.measures(),
            none.states(),
            none.waits(),
            troubles(run.fault()),
            none.undoFailures(),
            none.decisions(),
            run.figures(),
            none.hazards());
    Copies copies =
        reader.read(definition, backup, Optional.of(run.id()), Optional.of(run.started()));
    return new RunReport(head, course, copies, List.of(UNKNOWN))
        .without("the steps: the store keeps only how the run ended");
  }

  private static List<Course.Trouble> troubles(Optional<Fault> fault) {
    return fault.stream()
        .map(
            it ->
                new Course.Trouble(
                    Optional.empty(), it.code(), it.message(), it.step(), 1, "ended the run"))
        .toList();
  }

  /** How a run ended. */
  private record Ending(String key, String message, Instant started, Instant ended, String state) {}

  private static Head head(Definition definition, Ending ending) {
    return new Head(
        definition.getClass().getSimpleName(),
        definition.name(),
        Optional.of(ending.key()),
        Optional.empty(),
        Head.Source.STORE,
        ending.state(),
        Optional.empty(),
        ending.message(),
        Optional.of(ending.started()),
        Optional.of(ending.ended()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
