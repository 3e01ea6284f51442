package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.AnswerChecks;
import dev.lockstep.definitions.model.Restore.Check;
import java.time.Duration;
import java.util.List;

/** The fields that backups, restores and drills share. */
final class CopyTexts {
  private CopyTexts() {}

  static Shape<String> reference(String kind) {
    return Texts.label("the name of a " + kind).described("Name of a " + kind + ".");
  }

  /** A folder of the worker for the files of a server. */
  static Shape<String> directory() {
    ObjectShape.Builder<String> of =
        ObjectShape.of(
            "ServerDirectory", "A folder of the worker for a server from a physical backup.");
    Field<String, String> path =
        of.required(
            "path",
            TextShape.of("an absolute path such as /var/lib/postgresql/restored")
                .described("Absolute; absent, or an empty folder. At most 80 letters."),
            name -> name);
    return of.made(in -> in.the(path));
  }

  /** The only tables. */
  static Shape<List<String>> only() {
    ObjectShape.Builder<List<String>> of = ObjectShape.of("Only", "What is chosen; nothing else.");
    Field<List<String>, List<String>> tables =
        of.required(
            "tables",
            new ListShape<>(
                    TextShape.of("the name of a table, with or without its schema"),
                    "a list of tables",
                    1)
                .described(
                    "Each SCHEMA.TABLE, or TABLE, which is that of schema public for postgresql."),
            names -> names);
    return of.made(in -> in.the(tables));
  }

  static Shape<Duration> rpo() {
    return ParsedShape.duration()
        .described("How old the data may be at most that is there after a restore.");
  }

  static Shape<List<Check>> checks() {
    return new ListShape<>(check(), "a list of checks", 0)
        .described("Questions to the restored database.");
  }

  private static Shape<Check> check() {
    ObjectShape.Builder<Check> of =
        ObjectShape.of("Check", "A question to the restored database and what it must answer.");
    Field<Check, String> name =
        of.required("name", Texts.label("a name for the check"), Check::name);
    Field<Check, String> query =
        of.required("query", Texts.sql("One SELECT with one value."), Check::query);
    Field<Check, String> expect =
        of.required(
            "expect",
            TextShape.orScalar("a value, or a sign and a value such as \"> 0\" or \"= true\"")
                .hinting(AnswerChecks.EXPECTATION)
                .described(
                    "The value as the database writes it, or one of = VALUE, != VALUE, > NUMBER,"
                        + " >= NUMBER, < NUMBER, <= NUMBER."),
            Check::expect);
    return of.made(in -> new Check(in.the(name), in.the(query), in.the(expect)));
  }
}
