package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.SqlStatements;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Statements that are known to block, as far as their words show it. */
final class SqlBlocks implements Rule {
  private static final List<Known> KNOWN =
      List.of(
          known("CREATE (UNIQUE )?INDEX\\b", "CREATE INDEX blocks writes"),
          known("DROP INDEX\\b", "DROP INDEX blocks reads and writes"),
          known("REINDEX\\b", "REINDEX blocks reads and writes"),
          known("CLUSTER\\b", "CLUSTER rewrites the table and blocks it"),
          known("ALTER( COLUMN)? [^ ]+ (SET DATA )?TYPE\\b", "a change of type rewrites the table"),
          known("SET NOT NULL\\b", "SET NOT NULL reads the whole table while it blocks it"),
          known(
              "ADD (CONSTRAINT [^ ]+ )?(UNIQUE|PRIMARY KEY|EXCLUDE)\\b(?! USING INDEX)",
              "the index is built under a lock"),
          known(
              "ADD (CONSTRAINT [^ ]+ )?(CHECK|FOREIGN KEY) ?\\((?!.*NOT VALID)",
              "the constraint is proven under a lock, because NOT VALID is missing"),
          known(
              "ADD (COLUMN )?(IF NOT EXISTS )?[^ ]+ (SMALL|BIG)?SERIAL\\b",
              "a serial column rewrites the table"),
          known(
              "ADD (COLUMN )?[^;]*GENERATED (ALWAYS|BY DEFAULT) AS (IDENTITY|.*STORED)",
              "a generated or identity column rewrites the table"),
          known(
              "SET (LOGGED|UNLOGGED|TABLESPACE|ACCESS METHOD)\\b",
              "the table is written anew while it is blocked"),
          known(
              "REFRESH MATERIALIZED VIEW\\b(?! CONCURRENTLY)",
              "the view is blocked until it is new"),
          known("LOCK TABLE\\b", "LOCK TABLE blocks until the transaction ends"),
          known("TRUNCATE\\b", "TRUNCATE blocks the table, and what it removes does not come back"),
          new Known(
              words("^(UPDATE|DELETE FROM) (?!.*\\bWHERE\\b)"),
              "every row is locked until the transaction ends"));

  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.changes().stream()
        .flatMap(c -> c.change() instanceof Change.Sql sql ? of(c.path(), sql) : Stream.empty());
  }

  private static Stream<Hazard> of(String path, Change.Sql change) {
    return Stream.concat(of(path + ".up", change.up()), of(path + ".down", change.down()));
  }

  private static Stream<Hazard> of(String path, String sql) {
    List<String> statements = SqlStatements.withBodies(sql);
    return KNOWN.stream()
        .filter(k -> statements.stream().anyMatch(s -> k.words().matcher(s).find()))
        .map(k -> Hazards.SQL_BLOCKS.found(path + ": " + k.why()));
  }

  private static Known known(String words, String why) {
    return new Known(words("\\b" + words), why);
  }

  private static Pattern words(String words) {
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  private record Known(Pattern words, String why) {}
}
