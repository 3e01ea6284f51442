package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Approvers;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Migration.Allowance;
import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.model.RestorePoint;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import java.time.Duration;
import java.util.List;

/** The fields of a migration's {@code spec}. */
final class MigrationTable {
  private MigrationTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Migration> spec() {
    ObjectShape.Builder<Migration> of =
        ObjectShape.of(
            "MigrationSpec", "Changes to a database and the rollouts that go with them.");
    Field<Migration, String> database =
        of.required(
            "database",
            Texts.label("the name of a Database").described("The Database it works on."),
            Migration::database);
    Field<Migration, List<Change>> changes =
        list(
            of,
            "changes",
            new Listed<>(ChangeTable.change(), "What shall differ."),
            Migration::changes);
    Field<Migration, List<Step>> steps =
        list(of, "steps", new Listed<>(StepTable.step(), "An explicit order."), Migration::steps);
    Field<Migration, List<Rollout>> rollouts =
        list(
            of,
            "rollouts",
            new Listed<>(WorkloadTable.rollout(), "New images."),
            Migration::rollouts);
    Field<Migration, ContractPolicy> contract =
        of.defaulting(
            "contract", PolicyTable.contract(), ContractPolicy.DEFAULT, Migration::contract);
    Field<Migration, Limits> limits =
        of.defaulting("limits", LimitsTable.limits(), Limits.DEFAULT, Migration::limits);
    Field<Migration, OnFailure> onFailure =
        of.defaulting(
            "onFailure",
            WordShape.of(OnFailure.class).described("What a run does when a step fails."),
            OnFailure.ROLLBACK,
            Migration::onFailure);
    Field<Migration, List<Allowance>> allow =
        list(
            of,
            "allow",
            new Listed<>(PolicyTable.allowance(), "Accepted hazards."),
            Migration::allow);
    Field<Migration, RestorePoint> restorePoint =
        of.optional("restorePoint", restorePoint(), Migration::restorePoint);
    Field<Migration, Approvers> approvers =
        of.optional("approvers", ApproversTable.approvers(), Migration::approvers);
    return of.forms(Forms.checkedOneOf("changes", "steps"))
        .made(
            in ->
                new Migration(
                    "",
                    in.the(database),
                    in.the(changes),
                    in.the(steps),
                    in.the(rollouts),
                    in.the(contract),
                    in.the(limits),
                    in.the(onFailure),
                    in.the(allow),
                    in.maybe(restorePoint),
                    in.maybe(approvers)));
  }

  private static Shape<RestorePoint> restorePoint() {
    ObjectShape.Builder<RestorePoint> of =
        ObjectShape.of("RestorePoint", "A backup to have before anything changes.");
    Field<RestorePoint, String> backup =
        of.required(
            "backup",
            Texts.label("the name of a Backup").described("A Backup of the same Database."),
            RestorePoint::backup);
    Field<RestorePoint, Duration> maxAge =
        of.optional(
            "maxAge",
            ParsedShape.duration()
                .described(
                    "A verified backup that is not older is enough; without it a new one is"
                        + " taken."),
            RestorePoint::maxAge);
    Field<RestorePoint, Duration> keepDropped =
        of.optional(
            "keepDropped",
            ParsedShape.duration()
                .described(
                    "How long the columns and tables that finish drops are kept in the store of the"
                        + " backup, from where restore --restore-point brings them back; 90d unless"
                        + " given, 0s: not at all."),
            RestorePoint::keepDropped);
    return of.made(in -> new RestorePoint(in.the(backup), in.maybe(maxAge), in.maybe(keepDropped)));
  }

  private record Listed<T>(Shape<T> item, String description) {}

  private static <T> Field<Migration, List<T>> list(
      ObjectShape.Builder<Migration> of,
      String name,
      Listed<T> listed,
      java.util.function.Function<Migration, List<T>> getter) {
    return of.defaulting(
        name,
        new ListShape<>(listed.item(), "a list", 0).described(listed.description()),
        List.of(),
        getter);
  }

  static Migration named(String name, Migration spec) {
    return new Migration(
        name,
        spec.database(),
        spec.changes(),
        spec.steps(),
        spec.rollouts(),
        spec.contract(),
        spec.limits(),
        spec.onFailure(),
        spec.allow(),
        spec.restorePoint(),
        spec.approvers());
  }
}
