package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Backup.Method;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Quiesce;
import dev.lockstep.definitions.model.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The fields of a backup's {@code spec}. */
final class BackupTable {
  private BackupTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Backup> spec() {
    ObjectShape.Builder<Backup> of =
        ObjectShape.of("BackupSpec", "What is backed up, how, where to and how long it is kept.");
    Field<Backup, String> database =
        of.required("database", CopyTexts.reference("Database"), Backup::database);
    Field<Backup, String> store = of.required("store", CopyTexts.reference("Store"), Backup::store);
    Field<Backup, Method> method =
        of.required(
            "method",
            WordShape.of(Method.class)
                .described(
                    "By the product's own dump program, or without any program through one"
                        + " snapshot."),
            Backup::method);
    Field<Backup, Dump> dump = of.defaulting("dump", DumpTable.dump(), Dump.DEFAULT, Backup::dump);
    Field<Backup, List<String>> only =
        of.defaulting("only", CopyTexts.only(), List.of(), Backup::tables);
    Field<Backup, Retention> retention =
        of.defaulting("retention", RetentionTable.retention(), Retention.ALL, Backup::retention);
    Field<Backup, Optional<Duration>> objectives =
        of.defaulting("objectives", objectives(), Optional.empty(), Backup::rpo);
    Field<Backup, ByteRate> rate =
        of.optional(
            "maxRate",
            ParsedShape.sizeRate()
                .described("Most bytes a second read from the database, before compression."),
            Backup::maxRate);
    Field<Backup, Quiesce> quiesce =
        of.optional("quiesce", QuiesceTable.quiesce(), Backup::quiesce);
    return of.made(
        in ->
            new Backup(
                "",
                in.the(database),
                in.the(store),
                in.the(method),
                in.the(dump),
                in.the(only),
                in.the(retention),
                in.the(objectives),
                in.maybe(rate),
                in.maybe(quiesce)));
  }

  static Backup named(String name, Backup spec) {
    return spec.with(name, spec.quiesce());
  }

  private static Shape<Optional<Duration>> objectives() {
    ObjectShape.Builder<Optional<Duration>> of =
        ObjectShape.of("BackupObjectives", "What was promised to somebody.");
    Field<Optional<Duration>, Duration> rpo = of.optional("rpo", CopyTexts.rpo(), age -> age);
    return of.notEmpty().made(in -> in.maybe(rpo));
  }
}
