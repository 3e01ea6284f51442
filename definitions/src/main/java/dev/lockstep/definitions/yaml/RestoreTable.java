package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.Restore.Check;
import dev.lockstep.definitions.model.Restore.Switch;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.Which;
import java.time.Duration;
import java.util.List;

/** The fields of a restore's {@code spec}. */
final class RestoreTable {
  private RestoreTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Restore> spec() {
    ObjectShape.Builder<Restore> of =
        ObjectShape.of("RestoreSpec", "A backup into a new instance, or, if it says so, the old.");
    Field<Restore, From> from =
        of.required("from", from(), restore -> new From(restore.backup(), restore.which()));
    Field<Restore, RestoreTarget> into =
        of.required("into", RestoreTargetTable.target(), Restore::into);
    Field<Restore, List<String>> only =
        of.defaulting("only", CopyTexts.only(), List.of(), Restore::tables);
    Field<Restore, List<Check>> checks =
        of.defaulting("checks", CopyTexts.checks(), List.of(), Restore::checks);
    Field<Restore, Switch> change = of.optional("switch", change(), Restore::change);
    Field<Restore, Boolean> inPlace =
        of.defaulting(
            "inPlace",
            new FlagShape()
                .described(
                    "Whether the target is the database that was backed up, which is replaced; a"
                        + " backup of it is taken before."),
            false,
            Restore::inPlace);
    return of.made(
        in ->
            new Restore(
                "",
                in.the(from).backup(),
                in.the(from).which(),
                in.the(into),
                in.the(only),
                in.the(checks),
                in.maybe(change),
                in.the(inPlace)));
  }

  static Restore named(String name, Restore spec) {
    return new Restore(
        name,
        spec.backup(),
        spec.which(),
        spec.into(),
        spec.tables(),
        spec.checks(),
        spec.change(),
        spec.inPlace());
  }

  private record From(String backup, Which which) {}

  private static Shape<From> from() {
    ObjectShape.Builder<From> of = ObjectShape.of("From", "What is restored.");
    Field<From, String> backup = of.required("backup", CopyTexts.reference("Backup"), From::backup);
    Field<From, Which> which =
        of.defaulting("which", WhichTable.which(), Which.LATEST, From::which);
    return of.made(in -> new From(in.the(backup), in.the(which)));
  }

  private static Shape<Switch> change() {
    ObjectShape.Builder<Switch> of =
        ObjectShape.of("Switch", "What leads to the new instance once every check has passed.");
    Field<Switch, ServiceName> service =
        of.required(
            "service", service(), change -> new ServiceName(change.namespace(), change.service()));
    Field<Switch, Duration> keep =
        of.defaulting(
            "keepOld",
            ParsedShape.duration()
                .described(
                    "How long the old instance runs on, so that `lockstep abort` brings it back;"
                        + " then it is stopped, and its volumes stay."),
            Switch.DEFAULT_KEEP_OLD,
            Switch::keepOld);
    return of.made(
        in -> new Switch(in.the(service).namespace(), in.the(service).name(), in.the(keep)));
  }

  private record ServiceName(String namespace, String name) {}

  private static Shape<ServiceName> service() {
    ObjectShape.Builder<ServiceName> of =
        ObjectShape.of("ServiceName", "The Service that clients use.");
    Field<ServiceName, String> namespace =
        of.required("namespace", Texts.label("the name of a namespace"), ServiceName::namespace);
    Field<ServiceName, String> name =
        of.required("name", Texts.label("the name of the Service"), ServiceName::name);
    return of.made(in -> new ServiceName(in.the(namespace), in.the(name)));
  }
}
