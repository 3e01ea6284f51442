package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Quiesce;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.model.WorkloadReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every plan of a backup, a restore or a drill. */
final class CopyPlanPropertiesTest {
  private static final Store STORE =
      new Store("safe", new StorePlace.Filesystem("/var/backups"), Optional.empty());

  @Property(tries = 300)
  void everyPlanKeepsTheOrderAndCanBeUndoneUntilItsEnd(@ForAll("plans") Plan plan) {
    List<PlannedStep> steps = plan.steps();
    assertThat(steps).extracting(PlannedStep::id).doesNotHaveDuplicates();
    assertThat(steps).extracting(PlannedStep::phase).isSorted();
    assertThat(steps).allMatch(step -> step.sentence().length() <= 120);
    assertThat(steps).allMatch(step -> !step.undo().sentence().isBlank());
    assertThat(steps.stream().filter(PlannedStep::pointOfNoReturn)).hasSizeLessThanOrEqualTo(1);
    Optional<PlannedStep> end = steps.stream().filter(step -> destroys(step.action())).findFirst();
    assertThat(steps.stream().filter(PlannedStep::pointOfNoReturn).findFirst()).isEqualTo(end);
    for (PlannedStep step : steps) {
      assertThat(undoNeeded(step.action(), steps))
          .as(step.id())
          .isIn(step.undo().action().isPresent(), false);
      assertThat(step.skippable()).isEqualTo(harmless(step.action()));
    }
  }

  /** Whether the step leaves something behind that no other step's undo takes with it. */
  private static boolean undoNeeded(Action action, List<PlannedStep> steps) {
    BackupStep step = step(action);
    boolean made =
        steps.stream().anyMatch(s -> step(s.action()) instanceof BackupStep.MakeInstance);
    boolean inPlace =
        steps.stream()
            .anyMatch(
                s ->
                    step(s.action()) instanceof BackupStep.Load load
                        && load.target() == BackupStep.Target.REPLACED);
    return step instanceof BackupStep.MakeInstance
        || step instanceof BackupStep.SwitchService
        || step instanceof BackupStep.StopWorkload
        || step instanceof BackupStep.Freeze
        || (step instanceof BackupStep.Load && !made)
        || (step instanceof BackupStep.Take && !inPlace);
  }

  private static boolean destroys(Action action) {
    BackupStep step = step(action);
    return step instanceof BackupStep.Prune
        || step instanceof BackupStep.KeepInstance
        || step instanceof BackupStep.Release;
  }

  private static boolean harmless(Action action) {
    return action instanceof Action.Pause || step(action) instanceof BackupStep.Prune;
  }

  /** The step; a look before, which is none of those that are asked for, where it is a wait. */
  private static BackupStep step(Action action) {
    return action instanceof Action.OfBackup of
        ? of.step()
        : new BackupStep.SwitchBack("none", "none");
  }

  @Provide
  Arbitrary<Plan> plans() {
    return Arbitraries.oneOf(backups(), restores(), drills());
  }

  private static Arbitrary<Plan> backups() {
    return Combinators.combine(names(), Arbitraries.integers().between(0, 3), quiesces())
        .as(
            (name, last, quiesce) ->
                BackupPlanner.plan(backup(name, last).with(name, quiesce), STORE, CopyPlans.ID));
  }

  private static Arbitrary<Plan> restores() {
    Arbitrary<Duration> keep =
        Arbitraries.integers().between(0, 3).map(hours -> Duration.ofHours(hours));
    Arbitrary<Integer> kinds = Arbitraries.integers().between(0, 3);
    return Combinators.combine(names(), checks(), tables(), keep, kinds)
        .as(
            (name, checks, tables, kept, kind) -> {
              boolean inPlace = kind == 0;
              RestoreTarget into =
                  kind <= 1
                      ? new RestoreTarget.Existing(name)
                      : new RestoreTarget.StatefulSet("shop", name, "postgres");
              Optional<Restore.Switch> change =
                  Optional.of(new Restore.Switch("shop", "db", kept)).filter(s -> kind == 3);
              Restore restore =
                  new Restore(name, "b", Which.LATEST, into, tables, checks, change, inPlace);
              return RestorePlanner.plan(
                  restore, copy(), Optional.of(quiet()).filter(point -> inPlace));
            });
  }

  private static Arbitrary<Plan> drills() {
    return Combinators.combine(names(), checks(), Arbitraries.of(true, false))
        .as(
            (name, checks, scratch) ->
                DrillPlanner.plan(
                    new Drill(
                        name,
                        "b",
                        Which.LATEST,
                        scratch
                            ? new DrillPlace.Scratch("shop", "postgres", Duration.ofHours(2))
                            : new DrillPlace.Existing("copy"),
                        checks,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                    copy()));
  }

  private static Arbitrary<Optional<Quiesce>> quiesces() {
    Dump.Pod pod = new Dump.Pod("shop", "postgres", Optional.empty());
    return Combinators.combine(names().list().ofMaxSize(3), Arbitraries.of(true, false))
        .as(
            (names, commands) ->
                new Quiesce(
                    names.stream()
                        .map(
                            name ->
                                new WorkloadReference(
                                    WorkloadReference.Kind.DEPLOYMENT, "shop", name))
                        .toList(),
                    Optional.of(new Quiesce.Exec(pod, List.of("a"), List.of("b")))
                        .filter(exec -> commands),
                    Quiesce.DEFAULT_TIMEOUT,
                    Quiesce.DEFAULT_AT_MOST))
        .optional(0.7);
  }

  /** Whatever stands still goes on: each freezing step before the dump has its thaw after it. */
  @Property(tries = 100)
  void whatIsFrozenIsThawedInTheOtherOrder(@ForAll("plans") Plan plan) {
    List<BackupStep> undos =
        plan.steps().stream()
            .filter(
                s ->
                    step(s.action()) instanceof BackupStep.StopWorkload
                        || step(s.action()) instanceof BackupStep.Freeze)
            .map(s -> step(s.undo().action().orElseThrow()))
            .toList();
    List<BackupStep> thaws =
        new ArrayList<>(
            plan.steps().stream()
                .map(s -> step(s.action()))
                .filter(s -> s instanceof BackupStep.StartWorkload || s instanceof BackupStep.Thaw)
                .toList());
    Collections.reverse(thaws);
    assertThat(thaws).isEqualTo(undos);
  }

  private static BackupReference copy() {
    return new BackupReference(backup("b", 1), STORE, CopyPlans.ID);
  }

  /** A backup for which something stands still. */
  private static BackupReference quiet() {
    Quiesce quiesce =
        new Quiesce(
            List.of(new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web")),
            Optional.of(
                new Quiesce.Exec(
                    new Dump.Pod("shop", "postgres", Optional.empty()),
                    List.of("a"),
                    List.of("b"))),
            Quiesce.DEFAULT_TIMEOUT,
            Quiesce.DEFAULT_AT_MOST);
    return new BackupReference(backup("b", 1).with("b", Optional.of(quiesce)), STORE, CopyPlans.ID);
  }

  private static Backup backup(String name, int last) {
    return new Backup(
        name,
        "shop",
        "safe",
        Backup.Method.DUMP,
        Dump.DEFAULT,
        List.of(),
        new Retention(last, 0, 0, 0, 0, 0, Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(63);
  }

  private static Arbitrary<List<String>> tables() {
    return names().list().ofMaxSize(4);
  }

  private static Arbitrary<List<Restore.Check>> checks() {
    return names()
        .list()
        .ofMaxSize(4)
        .map(
            names -> {
              List<Restore.Check> checks = new ArrayList<>();
              names.forEach(n -> checks.add(new Restore.Check(n, "select 1", "= " + n + n)));
              return checks;
            });
  }
}
