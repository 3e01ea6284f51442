package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Observation.Table;
import java.util.Optional;

/** A table that goes: hidden under another name at contract, dropped at finish. */
record DropTableRecipe(Ground ground, PlacedChange placed, Change.DropTable change)
    implements Recipe {
  @Override
  public void check(Checks checks) {
    checks
        .changeable(placed.path(), table())
        .ifPresent(
            t -> {
              checks.mayCreate(placed.path(), table().schema());
              checks.free(placed.path() + ".table", Naming.tombstone(table()));
              unused(checks, t);
            });
  }

  private void unused(Checks checks, Table table) {
    table.constraints().stream()
        .filter(c -> c.referrer().filter(r -> !ground.outline().drops(r)).isPresent())
        .forEach(
            c ->
                refuse(
                    checks,
                    "is referred to by foreign key "
                        + c.name()
                        + " of table "
                        + c.referrer().orElseThrow()));
    if (keeps() && table.partitions().isPresent()) {
      checks
          .findings()
          .add(
              placed.path() + ".table",
              Code.CHANGE_UNSUPPORTED,
              "table "
                  + table()
                  + " is partitioned, and the store cannot keep that; say"
                  + " restorePoint.keepDropped: 0s to drop it without");
    }
    table.dependents().forEach(d -> refuse(checks, "is used by " + d.description()));
    new PartitionChecks(checks, placed.path() + ".table").unused(table, Optional.empty());
  }

  private boolean keeps() {
    return ground.observation().restorePoint().flatMap(p -> p.keeping()).isPresent();
  }

  private void refuse(Checks checks, String why) {
    checks
        .findings()
        .add(
            placed.path() + ".table",
            Code.CHANGE_UNSUPPORTED,
            "table " + table() + " " + why + "; drop that first");
  }

  @Override
  public void contribute(Compilation compilation) {
    compilation.dropped.add(table());
  }

  private TableName table() {
    return TableName.parse(change.table());
  }
}
