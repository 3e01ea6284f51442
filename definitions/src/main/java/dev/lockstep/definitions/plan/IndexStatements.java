package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.SqlDialect.IndexShape;
import java.util.List;

/**
 * Statements about the indexes of one table. Those of a partitioned one are made without its
 * partitions, which get theirs one by one, concurrently, and lastly join it.
 */
record IndexStatements(SqlDialect dialect, Observation.Table table) {
  String create(IndexShape shape) {
    return partitioned()
        ? dialect.createIndexAlone(table.name(), shape)
        : dialect.createIndex(table.name(), shape);
  }

  String drop(String index) {
    return partitioned()
        ? dialect.dropIndexWhole(table.name(), index)
        : dialect.dropIndex(table.name(), index);
  }

  List<String> rename(String from, String to) {
    String whole = dialect.renameIndex(table.name(), from, to);
    return partitioned()
        ? List.of(dialect.renameIndexParts(table.name(), from, to), whole)
        : List.of(whole);
  }

  /** How a build or a removal goes on, for people. */
  String manner() {
    return partitioned() ? "partition by partition while writes go on" : "while writes go on";
  }

  boolean partitioned() {
    return table.partitions().isPresent();
  }
}
