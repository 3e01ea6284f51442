package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Statements that are known to block, as far as their words show it. */
final class SqlBlocks implements Rule {
  private static final List<Known> KNOWN =
      List.of(
          known("CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)", "CREATE INDEX blocks writes"),
          known("DROP INDEX (?!CONCURRENTLY)", "DROP INDEX blocks reads and writes"),
          known("REINDEX", "REINDEX blocks reads and writes"),
          known("VACUUM (\\( ?)?FULL", "VACUUM FULL rewrites the table and blocks it"),
          known("CLUSTER ", "CLUSTER rewrites the table and blocks it"),
          known("ALTER( COLUMN)? [^ ]+ (SET DATA )?TYPE ", "a change of type rewrites the table"),
          known("SET NOT NULL", "SET NOT NULL reads the whole table while it blocks it"),
          known(
              "ADD (CONSTRAINT [^ ]+ )?(UNIQUE|PRIMARY KEY) ?\\(",
              "the index is built under a lock"),
          known("LOCK TABLE", "LOCK TABLE blocks until the transaction ends"),
          known("TRUNCATE", "TRUNCATE blocks the table, and what it removes does not come back"));

  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.changes().stream()
        .flatMap(c -> c.change() instanceof Change.Sql sql ? of(c.path(), sql) : Stream.empty());
  }

  private static Stream<Hazard> of(String path, Change.Sql change) {
    String plain =
        change
            .up()
            .replaceAll("(?s)/\\*.*?\\*/", " ")
            .replaceAll("--[^\n]*", " ")
            .replaceAll("'[^']*'", "''")
            .replaceAll("\\s+", " ");
    return KNOWN.stream()
        .filter(k -> k.words().matcher(plain).find())
        .map(k -> Hazards.SQL_BLOCKS.found(path + ".up: " + k.why()));
  }

  private static Known known(String words, String why) {
    return new Known(Pattern.compile("\\b" + words, Pattern.CASE_INSENSITIVE), why);
  }

  private record Known(Pattern words, String why) {}
}
