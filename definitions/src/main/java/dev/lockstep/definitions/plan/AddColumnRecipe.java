package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.plan.Action.Assignment;
import java.util.Optional;

/**
 * A new column.
 *
 * <ol>
 *   <li>Without {@code up}, nullable or with a constant default: one statement of the catalogue.
 *   <li>With a volatile default: nullable, the default for new rows, old rows by backfill.
 *   <li>With {@code up} or {@code lookup}: nullable, kept equal, filled, compared; its default
 *       comes at contract, because a default would look like a value that a client gave.
 * </ol>
 */
record AddColumnRecipe(Ground ground, PlacedChange placed, Change.AddColumn change)
    implements Recipe {
  @Override
  public void check(Checks checks) {
    Column column = change.column();
    String path = placed.path();
    Optional<Observation.Table> table = checks.changeable(path, table());
    if (table.isEmpty()) {
      return;
    }
    if (table.orElseThrow().column(column.name()).isPresent()) {
      checks
          .findings()
          .add(
              path + ".column.name",
              Code.OBJECT_EXISTS,
              "table " + table() + " has a column " + column.name() + " already");
    }
    shape(checks);
    if (change.computed()) {
      checks.mayCreate(path, table().schema());
    }
    ExpressionChecks expressions = new ExpressionChecks(checks, table(), placed.place());
    if (!TypeSpelling.serial(column.type())) {
      expressions.type(path + ".column.type", column.type());
      expressions.addable(path + ".column.type", column.type());
      column.defaultValue().ifPresent(d -> expressions.byDefault(path + ".column.default"));
    }
    change.up().ifPresent(u -> expressions.overOld(path + ".up"));
    change
        .lookup()
        .ifPresent(
            lookup -> new LookupChecks(checks, path + ".lookup", lookup).ofColumn(table(), column));
  }

  private void shape(Checks checks) {
    Column column = change.column();
    if (TypeSpelling.serial(column.type()) || column.primaryKey()) {
      checks
          .findings()
          .add(
              placed.path() + ".column",
              Code.CHANGE_UNSUPPORTED,
              "a serial or primary key column rewrites the table; add "
                  + column.name()
                  + " as bigint with up or with default nextval('…') of a sequence");
    }
    if (!column.nullable() && !change.computed() && column.defaultValue().isEmpty()) {
      checks
          .findings()
          .add(
              placed.path() + ".up",
              Code.UP_MISSING,
              "column " + column.name() + " is not nullable: give up, lookup, or a default");
    }
  }

  @Override
  public void contribute(Compilation compilation) {
    if (change.computed()) {
      computed(compilation);
    } else if (change.column().defaultValue().filter(d -> !constant(d)).isPresent()) {
      drawn(compilation, change.column().defaultValue().orElseThrow());
    } else {
      add(compilation, change.column());
    }
  }

  private void computed(Compilation compilation) {
    Column column = change.column();
    compilation.batch(table()).followers.add(bare(column));
    FreshColumn fresh =
        change.lookup().map(this::lookedUp).orElseGet(() -> above(change.up().orElseThrow()));
    compilation.batch(table()).fresh.add(fresh);
    if (fresh.notNull()) {
      NotNull.after(compilation, table(), fresh);
    }
    column
        .defaultValue()
        .ifPresent(
            d ->
                compilation
                    .draft(table())
                    .contract
                    .add(
                        new Reversible(
                            ground.dialect().setDefault(table(), column.name(), d),
                            ground.dialect().dropDefault(table(), column.name()))));
  }

  private FreshColumn above(String up) {
    String id = placed.path() + ".up";
    Synchronisation.Derived derived =
        new Synchronisation.Derived(
            change.column().name(),
            ground.value(id, up, change.column().type()),
            Inputs.old(ground.judged(id)));
    return fresh(derived, id, up);
  }

  private FreshColumn lookedUp(Lookup lookup) {
    Lookups lookups = new Lookups(ground, placed.path() + ".lookup", lookup);
    Column column = change.column();
    return fresh(
        lookups.derived(table(), column.name(), column.type()), lookups.value(), lookups.said());
  }

  private FreshColumn fresh(Synchronisation.Derived derived, String id, String said) {
    return new FreshColumn(
        change.column().name(),
        derived,
        change.column().type(),
        !change.column().nullable(),
        ground.judged(id).map(Observation.Judgement::immutable).orElse(false),
        said);
  }

  private void drawn(Compilation compilation, String expression) {
    Column column = change.column();
    add(compilation, bare(column));
    TableBatch batch = compilation.batch(table());
    batch.details.add(ground.dialect().setDefault(table(), column.name(), expression));
    String value = ground.value(placed.path() + ".column.default", expression, column.type());
    batch.fills.add(new Assignment(column.name(), value));
    if (!column.nullable()) {
      batch.present.add(column.name());
      NotNull.after(compilation, table(), column.name(), column.name());
    }
  }

  private void add(Compilation compilation, Column column) {
    compilation
        .batch(table())
        .columns
        .add(
            new Reversible(
                ground.dialect().addColumn(table(), column),
                ground.dialect().dropColumn(table(), column.name())));
  }

  private static Column bare(Column column) {
    return new Column(column.name(), column.type(), true, Optional.empty(), false);
  }

  private boolean constant(String expression) {
    return ground.dialect().constant(expression);
  }

  private TableName table() {
    return TableName.parse(change.table());
  }
}
