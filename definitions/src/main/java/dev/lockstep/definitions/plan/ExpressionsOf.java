package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Questions.Conversion;
import dev.lockstep.definitions.plan.Questions.Expression;
import dev.lockstep.definitions.plan.Questions.Given;
import dev.lockstep.definitions.plan.Questions.Into;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The expressions of one change, as questions to the server. */
final class ExpressionsOf extends OneKind<List<Expression>> {
  private final Outline outline;
  private final String path;

  ExpressionsOf(Outline outline, String path) {
    this.outline = outline;
    this.path = path;
  }

  static List<Expression> backfill(Outline outline, String path, Step.Backfill step) {
    TableName table = TableName.parse(step.table());
    List<Given> given = GivenColumns.added(outline, table);
    Into column =
        GivenColumns.typeOf(outline, table, step.column())
            .map(type -> into(type, Conversion.ASSIGNMENT))
            .orElseGet(() -> like(step.column(), Conversion.ASSIGNMENT));
    List<Expression> asked = new ArrayList<>();
    step.set()
        .ifPresent(
            set ->
                asked.add(new Expression(path + ".set", table, given, set, Optional.of(column))));
    step.lookup()
        .ifPresent(
            l -> asked.add(lookedUp(path, l, Optional.of(column).filter(ExpressionsOf::typed))));
    asked.add(condition(path + ".where", table, given, step.where()));
    return asked;
  }

  @Override
  List<Expression> otherwise() {
    return List.of();
  }

  @Override
  public List<Expression> addColumn(Change.AddColumn change) {
    TableName table = TableName.parse(change.table());
    List<Expression> asked = new ArrayList<>(ofColumn(table, change.column(), path + ".column"));
    Into type = into(change.column().type(), Conversion.ASSIGNMENT);
    change
        .up()
        .ifPresent(
            up -> asked.add(new Expression(path + ".up", table, List.of(), up, Optional.of(type))));
    change.lookup().ifPresent(lookup -> asked.add(lookedUp(path, lookup, Optional.of(type))));
    return asked;
  }

  @Override
  public List<Expression> dropColumn(Change.DropColumn change) {
    TableName table = TableName.parse(change.table());
    Optional<Into> old = Optional.of(like(change.column(), Conversion.ASSIGNMENT));
    return change.down().stream()
        .map(
            down ->
                new Expression(path + ".down", table, GivenColumns.all(outline, table), down, old))
        .toList();
  }

  @Override
  public List<Expression> alterColumn(Change.AlterColumn change) {
    TableName table = TableName.parse(change.table());
    String cast = ansi(change.column());
    List<Expression> asked = new ArrayList<>();
    change.type().ifPresent(t -> asked.add(type(path + ".type", table, t)));
    Conversion up = change.up().isPresent() ? Conversion.ASSIGNMENT : Conversion.CAST;
    Into next = change.type().map(t -> into(t, up)).orElseGet(() -> like(change.column(), up));
    asked.add(
        new Expression(
            path + ".up", table, List.of(), change.up().orElse(cast), Optional.of(next)));
    Into old =
        like(change.column(), change.down().isPresent() ? Conversion.ASSIGNMENT : Conversion.CAST);
    asked.add(
        new Expression(
            path + ".down",
            table,
            GivenColumns.all(outline, table),
            change.down().orElse(cast),
            Optional.of(old)));
    return asked;
  }

  @Override
  public List<Expression> createIndex(Change.CreateIndex change) {
    TableName table = TableName.parse(change.table());
    List<Given> given = GivenColumns.all(outline, table);
    List<Expression> asked = new ArrayList<>();
    for (int i = 0; i < change.columns().size(); i++) {
      String column = change.columns().get(i);
      if (column.startsWith("(")) {
        String id = path + ".columns[" + i + "]";
        asked.add(new Expression(id, table, given, column, Optional.empty()));
      }
    }
    change.where().ifPresent(w -> asked.add(condition(path + ".where", table, given, w)));
    return asked;
  }

  @Override
  public List<Expression> createTable(Change.CreateTable change) {
    TableName table = TableName.parse(change.table());
    List<Expression> asked = new ArrayList<>();
    for (int i = 0; i < change.columns().size(); i++) {
      asked.addAll(ofColumn(table, change.columns().get(i), path + ".columns[" + i + "]"));
    }
    return asked;
  }

  @Override
  public List<Expression> addConstraint(Change.AddConstraint change) {
    TableName table = TableName.parse(change.table());
    if (change.constraint() instanceof Constraint.Check check) {
      List<Given> given = GivenColumns.all(outline, table);
      return List.of(condition(path + ".check", table, given, check.expression()));
    }
    return List.of();
  }

  private static List<Expression> ofColumn(TableName table, Column column, String path) {
    List<Expression> asked = new ArrayList<>();
    if (!TypeSpelling.serial(column.type())) {
      asked.add(type(path + ".type", table, column.type()));
      Optional<Into> into = Optional.of(into(column.type(), Conversion.ASSIGNMENT));
      column
          .defaultValue()
          .ifPresent(d -> asked.add(new Expression(path + ".default", table, List.of(), d, into)));
    }
    return asked;
  }

  /** Over a row of the other table, so that {@code into} cannot name a column of the own one. */
  private static Expression lookedUp(String path, Lookup lookup, Optional<Into> into) {
    TableName from = TableName.parse(lookup.from());
    return new Expression(path + ".lookup.value", from, List.of(), lookup.value(), into);
  }

  private static boolean typed(Into into) {
    return into.type().isPresent();
  }

  private static Expression type(String id, TableName table, String type) {
    return new Expression(id, table, List.of(), "CAST(NULL AS " + type + ")", Optional.empty());
  }

  private static Expression condition(
      String id, TableName table, List<Given> given, String condition) {
    Optional<Into> truth = Optional.of(into("boolean", Conversion.ASSIGNMENT));
    return new Expression(id, table, given, condition, truth);
  }

  private static Into into(String type, Conversion conversion) {
    return new Into(Optional.of(type), Optional.empty(), conversion);
  }

  private static Into like(String column, Conversion conversion) {
    return new Into(Optional.empty(), Optional.of(column), conversion);
  }

  private static String ansi(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
