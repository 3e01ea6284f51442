package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;
import java.util.List;

/** Names of relations that a change makes, besides those of tables. */
final class NamesOf extends OneKind<List<TableName>> {
  @Override
  List<TableName> otherwise() {
    return List.of();
  }

  @Override
  public List<TableName> createIndex(Change.CreateIndex change) {
    return List.of(new TableName(TableName.parse(change.table()).schema(), change.name()));
  }

  @Override
  public List<TableName> dropTable(Change.DropTable change) {
    return List.of(Naming.tombstone(TableName.parse(change.table())));
  }
}
