package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.RestoreTarget.Directory;
import dev.lockstep.definitions.model.RestoreTarget.Existing;
import dev.lockstep.definitions.model.RestoreTarget.StatefulSet;

/** The fields that say where a backup is restored to. */
final class RestoreTargetTable {
  private RestoreTargetTable() {}

  static Shape<RestoreTarget> target() {
    ObjectShape.Builder<RestoreTarget> of =
        ObjectShape.of("RestoreTarget", "Where a backup is restored to.");
    Field<RestoreTarget, Existing> database =
        of.optional(
            "database",
            new ConvertedShape<>(
                Texts.label("the name of a Database")
                    .described("Name of a Database that is there and empty."),
                Existing::new,
                Existing::database),
            Narrowing.to(Existing.class));
    Field<RestoreTarget, StatefulSet> statefulSet =
        of.optional("statefulSet", statefulSet(), Narrowing.to(StatefulSet.class));
    Field<RestoreTarget, Directory> directory =
        of.optional(
            "directory",
            new ConvertedShape<>(CopyTexts.directory(), Directory::new, Directory::path),
            Narrowing.to(Directory.class));
    return of.forms(Forms.oneOf("database", "statefulSet", "directory"))
        .made(
            in ->
                in.maybe(database)
                    .<RestoreTarget>map(found -> found)
                    .or(() -> in.maybe(statefulSet))
                    .or(() -> in.maybe(directory))
                    .orElseThrow());
  }

  private static Shape<StatefulSet> statefulSet() {
    ObjectShape.Builder<StatefulSet> of =
        ObjectShape.of(
            "NewStatefulSet",
            "A new StatefulSet with a Service of its name and volumes of its own.");
    Field<StatefulSet, String> namespace =
        of.required("namespace", Texts.label("the name of a namespace"), StatefulSet::namespace);
    Field<StatefulSet, String> name =
        of.required("name", Texts.label("a name for the StatefulSet"), StatefulSet::name);
    Field<StatefulSet, String> like =
        of.required(
            "like",
            Texts.label("the name of a StatefulSet")
                .described("The StatefulSet of the same namespace that it is derived from."),
            StatefulSet::like);
    return of.made(in -> new StatefulSet(in.the(namespace), in.the(name), in.the(like)));
  }
}
