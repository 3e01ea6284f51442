package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.Restore.Check;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Which;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The fields of a drill's {@code spec}. */
final class DrillTable {
  private DrillTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Drill> spec() {
    ObjectShape.Builder<Drill> of =
        ObjectShape.of("DrillSpec", "Proves that a backup restores, in a throw-away place.");
    Field<Drill, String> backup = of.required("of", CopyTexts.reference("Backup"), Drill::backup);
    Field<Drill, Which> which =
        of.defaulting("which", WhichTable.which(), Which.LATEST, Drill::which);
    Field<Drill, DrillPlace> into = of.required("into", DrillPlaceTable.place(), Drill::into);
    Field<Drill, List<Check>> checks =
        of.defaulting("checks", CopyTexts.checks(), List.of(), Drill::checks);
    Field<Drill, Objectives> objectives =
        of.defaulting("objectives", objectives(), Objectives.NONE, Objectives::of);
    Field<Drill, SecretReference> evidence = of.optional("evidence", evidence(), Drill::signingKey);
    return of.made(
        in ->
            new Drill(
                "",
                in.the(backup),
                in.the(which),
                in.the(into),
                in.the(checks),
                in.the(objectives).rto(),
                in.the(objectives).rpo(),
                in.maybe(evidence)));
  }

  static Drill named(String name, Drill spec) {
    return new Drill(
        name,
        spec.backup(),
        spec.which(),
        spec.into(),
        spec.checks(),
        spec.rto(),
        spec.rpo(),
        spec.signingKey());
  }

  private record Objectives(Optional<Duration> rto, Optional<Duration> rpo) {
    static final Objectives NONE = new Objectives(Optional.empty(), Optional.empty());

    static Objectives of(Drill drill) {
      return new Objectives(drill.rto(), drill.rpo());
    }
  }

  private static Shape<Objectives> objectives() {
    ObjectShape.Builder<Objectives> of =
        ObjectShape.of("DrillObjectives", "What was promised to somebody, and is measured.");
    Field<Objectives, Duration> rto =
        of.optional(
            "rto",
            ParsedShape.duration().described("How long the restore may take at most."),
            Objectives::rto);
    Field<Objectives, Duration> rpo = of.optional("rpo", CopyTexts.rpo(), Objectives::rpo);
    return of.notEmpty().made(in -> new Objectives(in.maybe(rto), in.maybe(rpo)));
  }

  private static Shape<SecretReference> evidence() {
    ObjectShape.Builder<SecretReference> of =
        ObjectShape.of("Evidence", "What others can check of the drill's result.");
    Field<SecretReference, SecretReference> key =
        of.required(
            "signingKey",
            SecretReferenceTable.reference()
                .described("An Ed25519 key in PEM (PKCS #8) that signs it."),
            reference -> reference);
    return of.quiet().made(in -> in.the(key));
  }
}
