package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Observation.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An index, built without blocking writes: in expand where all its columns are there, else after
 * the backfill.
 */
record CreateIndexRecipe(Ground ground, PlacedChange placed, Change.CreateIndex change)
    implements Recipe {
  @Override
  public void check(Checks checks) {
    Optional<Table> table = checks.usable(placed, table());
    if (table.isEmpty()) {
      return;
    }
    checks.mayCreate(placed.path(), table().schema());
    checks.free(placed.path() + ".name", new TableName(table().schema(), change.name()));
    ExpressionChecks expressions = new ExpressionChecks(checks, table(), placed.place());
    Fate fate = ground.fate(table());
    for (int i = 0; i < change.columns().size(); i++) {
      String column = change.columns().get(i);
      String path = columnPath(i);
      if (column.startsWith("(")) {
        expressions.indexed(path);
      } else if (table.orElseThrow().column(column).isEmpty() && fate.fresh(column).isEmpty()) {
        checks.unknownColumn(path, table.orElseThrow(), column);
      } else {
        expressions.staying(path, List.of(column));
      }
    }
    change.where().ifPresent(w -> expressions.indexed(placed.path() + ".where"));
    if (change.unique() && table.orElseThrow().partitions().isPresent()) {
      new PartitionChecks(checks, placed.path() + ".columns")
          .uniqueOver(table.orElseThrow(), change.columns());
    }
    if (ground.observation().table(table()).stream()
        .flatMap(t -> t.indexes().stream())
        .anyMatch(i -> i.name().equals(change.name()))) {
      once(checks);
    }
  }

  @Override
  public void contribute(Compilation compilation) {
    Fate fate = ground.fate(table());
    String sql =
        new IndexStatements(ground.dialect(), compilation.draft(table()).table)
            .create(
                new SqlDialect.IndexShape(
                    change.name(),
                    IntStream.range(0, change.columns().size()).mapToObj(this::stored).toList(),
                    change.unique(),
                    change.method(),
                    change
                        .where()
                        .map(w -> Inputs.stored(ground, fate, placed.path() + ".where", w))));
    IndexBuild build =
        new IndexBuild(
            change.name(), sql, (change.unique() ? "unique index " : "index ") + change.name());
    TableBatch batch = compilation.batch(table());
    boolean late = used().stream().anyMatch(c -> fate.fresh(c).isPresent());
    (late ? batch.lateIndexes : batch.earlyIndexes).add(build);
  }

  private void once(Checks checks) {
    boolean said =
        ground.observation().relations().contains(new TableName(table().schema(), change.name()));
    if (!said) {
      checks
          .findings()
          .add(
              placed.path() + ".name",
              Code.OBJECT_EXISTS,
              "table " + table() + " has an index " + change.name() + " already");
    }
  }

  private String stored(int place) {
    String column = change.columns().get(place);
    Fate fate = ground.fate(table());
    return column.startsWith("(")
        ? "(" + Inputs.stored(ground, fate, columnPath(place), column) + ")"
        : fate.stored(column);
  }

  /** Every column, also those in expressions. */
  private List<String> used() {
    List<String> used = new ArrayList<>(change.columns());
    Stream<String> ids =
        Stream.concat(
            IntStream.range(0, change.columns().size()).mapToObj(this::columnPath),
            Stream.of(placed.path() + ".where"));
    ids.flatMap(id -> ground.judged(id).map(Judgement::columns).stream()).forEach(used::addAll);
    return used;
  }

  private String columnPath(int place) {
    return placed.path() + ".columns[" + place + "]";
  }

  private TableName table() {
    return TableName.parse(change.table());
  }
}
