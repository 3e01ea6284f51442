package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.DrillPlace.Directory;
import dev.lockstep.definitions.model.DrillPlace.Existing;
import dev.lockstep.definitions.model.DrillPlace.Scratch;
import java.time.Duration;

/** The fields that say where a drill restores to. */
final class DrillPlaceTable {
  private DrillPlaceTable() {}

  static Shape<DrillPlace> place() {
    ObjectShape.Builder<DrillPlace> of = ObjectShape.of("DrillPlace", "Where a drill restores to.");
    Field<DrillPlace, Scratch> scratch =
        of.optional("scratch", scratch(), Narrowing.to(Scratch.class));
    Field<DrillPlace, Existing> database =
        of.optional(
            "database",
            new ConvertedShape<>(
                Texts.label("the name of a Database")
                    .described("Name of a Database that is empty, and empty again afterwards."),
                Existing::new,
                Existing::database),
            Narrowing.to(Existing.class));
    Field<DrillPlace, Directory> directory =
        of.optional(
            "directory",
            new ConvertedShape<>(CopyTexts.directory(), Directory::new, Directory::path),
            Narrowing.to(Directory.class));
    return of.forms(Forms.oneOf("scratch", "database", "directory"))
        .made(
            in ->
                in.maybe(scratch)
                    .<DrillPlace>map(found -> found)
                    .or(() -> in.maybe(database))
                    .or(() -> in.maybe(directory))
                    .orElseThrow());
  }

  private static Shape<Scratch> scratch() {
    ObjectShape.Builder<Scratch> of =
        ObjectShape.of(
            "Scratch", "A namespace of its own without a way out, removed after the drill.");
    Field<Scratch, String> namespace =
        of.required(
            "namespace",
            Texts.label("the name of a namespace").described("The namespace of `like`."),
            Scratch::namespace);
    Field<Scratch, String> like =
        of.required(
            "like",
            Texts.label("the name of a StatefulSet")
                .described("The StatefulSet that the instance is derived from."),
            Scratch::like);
    Field<Scratch, Duration> ttl =
        of.defaulting(
            "ttl",
            ParsedShape.duration()
                .described("After that time anybody may remove it, should the drill have died."),
            Scratch.DEFAULT_TTL,
            Scratch::ttl);
    return of.made(in -> new Scratch(in.the(namespace), in.the(like), in.the(ttl)));
  }
}
