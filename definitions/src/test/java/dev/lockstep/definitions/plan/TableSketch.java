package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Observation.Dependent;
import dev.lockstep.definitions.plan.Observation.Index;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Builds observed tables: 200,000 rows with a primary key {@code id}, unless said otherwise. */
public final class TableSketch {
  private final TableName name;
  private final List<TableColumn> columns = new ArrayList<>();
  private final List<Index> indexes = new ArrayList<>();
  private final List<TableConstraint> constraints = new ArrayList<>();
  private final List<String> triggers = new ArrayList<>();
  private final List<Dependent> dependents = new ArrayList<>();
  private RowKey key = new RowKey(List.of(new RowKey.KeyColumn("id", "bigint")));
  private boolean owned = true;
  private boolean partitioned;
  private Optional<Partitions> partitions = Optional.empty();
  private long rows = 200_000;

  private TableSketch(String name) {
    this.name = TableName.parse(name);
    columns.add(
        new TableColumn(
            "id",
            "bigint",
            false,
            Optional.empty(),
            true,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false));
    index("id", true, Optional.of(name.replace('.', '_') + "_pkey"));
    constraints.add(
        constraint(
            name.replace('.', '_') + "_pkey", Kind.PRIMARY_KEY, "PRIMARY KEY (id)", List.of("id")));
  }

  /** Customers as the first example knows them. */
  public static TableSketch customers() {
    return table("customers")
        .column("first_name", "text", false)
        .column("last_name", "text", false)
        .column("email", "character varying(40)", true)
        .column("age", "integer", true);
  }

  /** A table with nothing but its key. */
  public static TableSketch table(String name) {
    return new TableSketch(name);
  }

  /** Adds a column without a default. */
  public TableSketch column(String column, String type, boolean nullable) {
    columns.add(
        new TableColumn(
            column,
            type,
            nullable,
            Optional.empty(),
            false,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false));
    return this;
  }

  /** Adds a column of any kind. */
  public TableSketch column(TableColumn column) {
    columns.add(column);
    return this;
  }

  /** Adds an index {@code TABLE_COLUMN_idx}. */
  public TableSketch index(String column, boolean unique, Optional<String> constraint) {
    String index = constraint.orElse(name.name() + "_" + column + "_idx");
    String kind = unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    indexes.add(
        new Index(
            index,
            List.of(column),
            unique,
            true,
            kind + index + " ON " + name + " (" + column + ")",
            constraint));
    return this;
  }

  /** Adds an index of any kind. */
  public TableSketch index(Index index) {
    indexes.add(index);
    return this;
  }

  /** Adds a constraint of this table. */
  public TableSketch with(String constraint, Kind kind, String definition, String... used) {
    constraints.add(constraint(constraint, kind, definition, List.of(used)));
    return this;
  }

  /** Adds a constraint of any kind. */
  public TableSketch with(TableConstraint constraint) {
    constraints.add(constraint);
    return this;
  }

  /** Adds a foreign key of another table. */
  public TableSketch referredBy(String table, String column) {
    constraints.add(
        new TableConstraint(
            table + "_fkey",
            Kind.FOREIGN_KEY,
            List.of(column),
            "FOREIGN KEY (x) REFERENCES " + name + "(" + column + ")",
            true,
            Optional.of(TableName.parse(table)),
            Optional.empty()));
    return this;
  }

  /** Adds a view or function; without columns, nobody knows which. */
  public TableSketch usedBy(String description, String... used) {
    dependents.add(new Dependent(List.of(used), description));
    return this;
  }

  /** Adds a trigger of the user. */
  public TableSketch trigger(String trigger) {
    triggers.add(trigger);
    return this;
  }

  /** Sets the number of rows. */
  public TableSketch rows(long count) {
    this.rows = count;
    return this;
  }

  /** Takes the key away. */
  public TableSketch keyless() {
    this.key = new RowKey(List.of());
    return this;
  }

  /** Makes it belong to somebody else. */
  public TableSketch foreign() {
    this.owned = false;
    return this;
  }

  /** Makes it a partition, or one that inherits. */
  public TableSketch partitioned() {
    this.partitioned = true;
    return this;
  }

  /** Divides it. */
  public TableSketch divided(Partitions by) {
    this.partitioned = true;
    this.partitions = Optional.of(by);
    return this;
  }

  /** Divides it by a column into {@code TABLE_1}, {@code TABLE_2} … */
  public TableSketch divided(String column, int leaves) {
    List<Partitions.Partition> tables =
        IntStream.rangeClosed(1, leaves)
            .mapToObj(n -> new TableName(name.schema(), name.name() + "_" + n))
            .map(n -> new Partitions.Partition(n, Partitions.Kind.LEAF, "shop_owner", true))
            .toList();
    return divided(new Partitions(List.of(column), false, tables, List.of(), List.of()));
  }

  /** The table. */
  public Table build() {
    return new Table(
        name,
        "shop_owner",
        owned,
        true,
        partitioned,
        rows,
        Math.max(0, rows) * 100,
        key,
        columns,
        indexes,
        constraints,
        triggers,
        dependents,
        12.5,
        partitions);
  }

  private static TableConstraint constraint(
      String constraint, Kind kind, String definition, List<String> used) {
    return new TableConstraint(
        constraint, kind, used, definition, true, Optional.empty(), Optional.empty());
  }
}
