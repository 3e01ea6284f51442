package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What each change must keep by itself. Answers true, which nobody needs. */
record ChangeChecks(PlacedChange placed, List<Problem> problems)
    implements Change.Visitor<Boolean> {
  /** Names of types with their modifiers; nothing that could end a statement. */
  private static final Pattern TYPE = Pattern.compile("[\\p{L}\\p{N}_ (),.\\[\\]\"-]+");

  /** A minus that is not that of a scale; two of them would begin a comment. */
  private static final Pattern STRAY_MINUS = Pattern.compile("-(?![0-9])");

  @Override
  public Boolean addColumn(Change.AddColumn change) {
    names().table(placed.field("table"), change.table());
    column(placed.field("column"), change.column());
    if (!change.column().nullable()
        && !change.computed()
        && change.column().defaultValue().isEmpty()) {
      problems.add(
          Problem.at(
              placed.field("up"),
              Code.UP_MISSING,
              "is missing: "
                  + change.column().name()
                  + " may not be NULL, so rows that exist need a value; wanted up, lookup, a"
                  + " default, or nullable: true"));
    }
    if (change.up().isPresent() && change.lookup().isPresent()) {
      problems.add(
          Problem.at(
              placed.path(), Code.CHOICE_WRONG, "gives up and lookup; wanted one of the two"));
    }
    change
        .lookup()
        .ifPresent(
            lookup ->
                new LookupChecks(placed.field("lookup"), problems).check(change.table(), lookup));
    return true;
  }

  @Override
  public Boolean dropColumn(Change.DropColumn change) {
    names().table(placed.field("table"), change.table());
    names().existing(placed.field("column"), change.column());
    return true;
  }

  @Override
  public Boolean renameColumn(Change.RenameColumn change) {
    names().table(placed.field("table"), change.table());
    names().existing(placed.field("from"), change.from());
    names().freshColumn(placed.field("to"), change.to());
    return true;
  }

  @Override
  public Boolean alterColumn(Change.AlterColumn change) {
    names().table(placed.field("table"), change.table());
    names().existing(placed.field("column"), change.column());
    change.type().ifPresent(type -> type(placed.field("type"), type));
    if (change.type().isEmpty() && change.nullable().isEmpty()) {
      problems.add(
          Problem.at(
              placed.path(), Code.CHOICE_WRONG, "changes nothing; wanted type, nullable or both"));
    }
    return true;
  }

  @Override
  public Boolean createIndex(Change.CreateIndex change) {
    names().table(placed.field("table"), change.table());
    names().fresh(placed.field("name"), change.name());
    for (int index = 0; index < change.columns().size(); index++) {
      String column = change.columns().get(index);
      if (!column.startsWith("(")) {
        names().existing(placed.field("columns[" + index + "]"), column);
      }
    }
    change.method().ifPresent(method -> names().existing(placed.field("method"), method));
    return true;
  }

  @Override
  public Boolean dropIndex(Change.DropIndex change) {
    names().table(placed.field("table"), change.table());
    names().existing(placed.field("name"), change.name());
    return true;
  }

  @Override
  public Boolean createTable(Change.CreateTable change) {
    names().newTable(placed.field("table"), change.table());
    Set<String> taken = new LinkedHashSet<>();
    for (int index = 0; index < change.columns().size(); index++) {
      String path = placed.field("columns[" + index + "]");
      String name = change.columns().get(index).name();
      column(path, change.columns().get(index));
      if (!taken.add(name)) {
        problems.add(
            Problem.at(
                path + ".name",
                Code.NAME_TAKEN,
                "is `" + name + "`, which an earlier column has already"));
      }
    }
    return true;
  }

  @Override
  public Boolean dropTable(Change.DropTable change) {
    names().table(placed.field("table"), change.table());
    return true;
  }

  @Override
  public Boolean addConstraint(Change.AddConstraint change) {
    names().table(placed.field("table"), change.table());
    names().fresh(placed.field("name"), change.name());
    return change.constraint().accept(new ConstraintChecks(placed.field("foreignKey"), names()));
  }

  @Override
  public Boolean sql(Change.Sql change) {
    return true;
  }

  private Identifiers names() {
    return new Identifiers(problems);
  }

  private void column(String path, Column column) {
    names().freshColumn(path + ".name", column.name());
    type(path + ".type", column.type());
  }

  private void type(String path, String type) {
    if (!TYPE.matcher(type).matches() || STRAY_MINUS.matcher(type).find()) {
      problems.add(
          Problem.at(
              path,
              Code.VALUE_WRONG,
              "is `" + type + "`; wanted a type as the database writes it, such as varchar(80)"));
    }
  }
}
