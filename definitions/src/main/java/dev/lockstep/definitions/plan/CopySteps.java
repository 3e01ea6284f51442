package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Restore;
import java.util.List;

/** The steps of a backup, a restore or a drill as they come. */
final class CopySteps {
  private final StepList steps = new StepList();

  void add(Phase phase, String what, Work work) {
    steps.add(phase, what, work);
  }

  /**
   * Adds the look at every object.
   *
   * @param marks as {@link BackupStep.ReadBack#marks} says
   */
  void readBack(Phase phase, BackupReference copy, boolean marks) {
    add(
        phase,
        "read-back",
        Work.of(
            "reads %s back and compares it with its manifest".formatted(copy),
            new Action.OfBackup(new BackupStep.ReadBack(copy, marks)),
            Undo.nothing("reading changes nothing")));
  }

  /** Adds a new instance. */
  void instance(String what, Instance instance) {
    String sentence =
        instance
            .throwAway()
            .map(
                unused ->
                    "makes the isolated namespace %s with a StatefulSet like %s/%s"
                        .formatted(instance.namespace(), instance.likeNamespace(), instance.like()))
            .orElseGet(() -> "makes %s like %s".formatted(instance, instance.like()));
    add(
        Phase.EXPAND,
        what,
        Work.of(
            sentence,
            new Action.OfBackup(new BackupStep.MakeInstance(instance)),
            Undo.by(
                "remove " + named(instance),
                new Action.OfBackup(new BackupStep.RemoveInstance(instance)))));
  }

  /** What a sentence calls what is removed with an instance. */
  static String named(Instance instance) {
    return instance.throwAway().isPresent()
        ? "the namespace " + instance.namespace()
        : instance + " with its volumes";
  }

  /** Adds the load. */
  void load(BackupStep.Load load, String into, Undo undo) {
    add(
        Phase.MIGRATE,
        "load",
        Work.of(
            "loads %s%s into %s".formatted(load.copy(), chosen(load.tables()), into),
            new Action.OfBackup(load),
            undo));
  }

  private static String chosen(List<String> tables) {
    return tables.isEmpty() ? "" : " (" + String.join(", ", tables) + ")";
  }

  /** Adds the comparison with the manifest, and the questions. */
  void proofs(BackupReference copy, List<String> tables, List<Restore.Check> checks) {
    add(
        Phase.VERIFY,
        "compare",
        Work.of(
            "compares the sentinel row and counts of rows with the manifest of " + copy,
            new Action.OfBackup(new BackupStep.Compare(copy, tables)),
            Undo.nothing("comparing changes nothing")));
    for (Restore.Check check : checks) {
      add(
          Phase.VERIFY,
          "check-" + check.name(),
          Work.of(
              "asks %s and wants %s".formatted(check.name(), check.expect()),
              new Action.OfBackup(new BackupStep.Ask(check)),
              Undo.nothing("asking changes nothing")));
    }
  }

  /** Ends the plan. It claims no tables: its steps look for themselves who else is at work. */
  Plan plan(String definition, String database) {
    return new Plan(
        definition,
        database,
        List.of(),
        steps.steps(),
        List.of(),
        Limits.DEFAULT,
        Migration.OnFailure.ROLLBACK);
  }
}
