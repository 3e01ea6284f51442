package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.model.Subject.Kind;

/** The fields that name a definition that can be run. */
final class SubjectTable {
  private SubjectTable() {}

  /**
   * As one kind of document names it.
   *
   * @param part name in the schema
   * @param kinds that are allowed
   */
  static Shape<Subject> subject(String part, String description, Kind... kinds) {
    ObjectShape.Builder<Subject> of = ObjectShape.of(part, description);
    Field<Subject, Kind> kind = of.required("kind", WordShape.ofKinds(kinds), Subject::kind);
    Field<Subject, String> name =
        of.required(
            "name",
            Texts.label("the name of a definition").described("Name of a definition of that kind."),
            Subject::name);
    return of.made(in -> new Subject(in.the(kind), in.the(name)));
  }
}
