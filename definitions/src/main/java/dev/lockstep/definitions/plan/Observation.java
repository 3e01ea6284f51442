package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.WorkloadReference;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Facts of the live systems at one moment.
 *
 * @param tables those of the asked ones that exist
 * @param expressions one answer for each asked expression, in the order asked
 * @param workloads those of the asked ones that exist
 * @param relations those of the asked names that a table, view, index or sequence has
 * @param schemas those of the asked tables and relations that exist
 * @param restorePoint where the migration asks for one: which backup it is
 */
public record Observation(
    Server server,
    List<Table> tables,
    List<Judgement> expressions,
    List<Workload> workloads,
    List<TableName> relations,
    List<Schema> schemas,
    Optional<RestorePoint> restorePoint) {
  /** Where no restore point is asked for. */
  public Observation(
      Server server,
      List<Table> tables,
      List<Judgement> expressions,
      List<Workload> workloads,
      List<TableName> relations,
      List<Schema> schemas) {
    this(server, tables, expressions, workloads, relations, schemas, Optional.empty());
  }

  public Observation {
    tables = List.copyOf(tables);
    expressions = List.copyOf(expressions);
    workloads = List.copyOf(workloads);
    relations = List.copyOf(relations);
    schemas = List.copyOf(schemas);
  }

  /**
   * The backup to have before anything changes.
   *
   * @param taken whether it is there, verified and young enough; else it has to be taken
   * @param keeping absent: what finish drops is not kept
   */
  public record RestorePoint(BackupReference copy, boolean taken, Optional<Keeping> keeping) {
    /** Without keeping what finish drops. */
    public RestorePoint(BackupReference copy, boolean taken) {
      this(copy, taken, Optional.empty());
    }
  }

  /**
   * How what finish drops is kept in the store of the restore point.
   *
   * @param id what the ids in the store begin with: when it was planned, as in {@link
   *     BackupReference#id()}, so that no other run ever has the same
   * @param age how long at least
   */
  public record Keeping(String id, Duration age) {}

  /** The same with a restore point. */
  public Observation with(Optional<RestorePoint> found) {
    return new Observation(server, tables, expressions, workloads, relations, schemas, found);
  }

  /**
   * A schema.
   *
   * @param mayCreate whether the role has CREATE on it
   */
  public record Schema(String name, boolean mayCreate) {}

  /** The table of that name, where it exists. */
  public Optional<Table> table(TableName name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** What the server said of the expression with that id. */
  public Optional<Judgement> expression(String id) {
    return expressions.stream().filter(e -> e.id().equals(id)).findFirst();
  }

  /**
   * The database server.
   *
   * @param version as {@code server_version_num}, such as 180006
   * @param user the role that Lockstep runs as
   * @param mayCreateSchema CREATE on the database: needed for the ledger, unless it is there
   * @param ledgerUsable whether the ledger's schema exists and the role may write to it
   * @param replicas streaming from it
   */
  public record Server(
      int version, String user, boolean mayCreateSchema, boolean ledgerUsable, int replicas) {}

  /**
   * A table.
   *
   * @param owner the role that owns it
   * @param owned whether the role owns it, or is a superuser: DDL needs it
   * @param mayCreateInSchema CREATE on the table's schema
   * @param partitioned whether it is the parent of partitions, a partition, or inherits from
   *     another table or is inherited from
   * @param rows estimate of the statistics, of all partitions together; -1 where never analysed
   * @param bytes of heap and TOAST, of all partitions together
   * @param key how its rows are walked
   * @param columns in the table's order
   * @param dependents views, functions and rules that use it, as {@code view v} and the like
   * @param writesPerSecond from the statistics since they were last reset
   * @param partitions where it is the uppermost table of declared partitions; it may be changed
   *     then, and any other {@code partitioned} one may not
   */
  public record Table(
      TableName name,
      String owner,
      boolean owned,
      boolean mayCreateInSchema,
      boolean partitioned,
      long rows,
      long bytes,
      RowKey key,
      List<TableColumn> columns,
      List<Index> indexes,
      List<TableConstraint> constraints,
      List<String> triggers,
      List<Dependent> dependents,
      double writesPerSecond,
      Optional<Partitions> partitions) {
    public Table {
      columns = List.copyOf(columns);
      indexes = List.copyOf(indexes);
      constraints = List.copyOf(constraints);
      triggers = List.copyOf(triggers);
      dependents = List.copyOf(dependents);
    }

    /** The column of that name, where there is one. */
    public Optional<TableColumn> column(String column) {
      return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }
  }

  /**
   * A column.
   *
   * @param type as {@code format_type} writes it
   * @param defaultValue SQL, as {@code pg_get_expr} writes it; of a generated column its
   *     expression, absent for an identity column
   * @param generated identity or generated column: its value cannot be set freely
   * @param comment as {@code COMMENT ON} set it
   * @param privileges granted on the column alone, each as {@code PRIVILEGES TO role}, such as
   *     {@code SELECT TO reporting}
   * @param collation as SQL writes it, where it is not that of the type
   * @param constrained whether the type is a domain with constraints, its own or of a domain below
   * @param commonest share of the rows that have the most frequent value, by the statistics; 0
   *     where they do not say
   */
  public record TableColumn(
      String name,
      String type,
      boolean nullable,
      Optional<String> defaultValue,
      boolean generated,
      Optional<String> comment,
      List<String> privileges,
      Optional<String> collation,
      boolean constrained,
      double commonest) {
    public TableColumn {
      privileges = List.copyOf(privileges);
    }

    /** Without statistics. */
    public TableColumn(
        String name,
        String type,
        boolean nullable,
        Optional<String> defaultValue,
        boolean generated,
        Optional<String> comment,
        List<String> privileges,
        Optional<String> collation,
        boolean constrained) {
      this(
          name,
          type,
          nullable,
          defaultValue,
          generated,
          comment,
          privileges,
          collation,
          constrained,
          0);
    }
  }

  /**
   * An index.
   *
   * @param columns that it uses in any way: key, INCLUDE, expression or predicate
   * @param definition CREATE INDEX …, as {@code pg_get_indexdef} writes it
   * @param constraint the primary key, unique or exclusion constraint that it carries
   */
  public record Index(
      String name,
      List<String> columns,
      boolean unique,
      boolean valid,
      String definition,
      Optional<String> constraint) {
    public Index {
      columns = List.copyOf(columns);
    }

    /** Whether its key is of whole columns and it holds every row: no expression, no predicate. */
    public boolean plain() {
      int open = definition.indexOf('(');
      int inner = definition.indexOf('(', open + 1);
      boolean whole = inner < 0 || definition.indexOf(')') < inner;
      return whole && !definition.contains(" WHERE ");
    }
  }

  /**
   * A constraint, also one of another table that refers to this one.
   *
   * @param columns of the observed table that it uses
   * @param definition as {@code pg_get_constraintdef} writes it
   * @param referrer the other table, where the constraint belongs to one that refers to this one
   * @param referenced the table that a foreign key of this table refers to
   */
  public record TableConstraint(
      String name,
      Kind kind,
      List<String> columns,
      String definition,
      boolean validated,
      Optional<TableName> referrer,
      Optional<TableName> referenced) {
    public TableConstraint {
      columns = List.copyOf(columns);
    }

    /** What a constraint demands. */
    public enum Kind {
      /** CHECK. */
      CHECK,
      /** FOREIGN KEY. */
      FOREIGN_KEY,
      /** PRIMARY KEY. */
      PRIMARY_KEY,
      /** UNIQUE. */
      UNIQUE,
      /** EXCLUDE. */
      EXCLUSION
    }
  }

  /**
   * Something that uses the table.
   *
   * @param columns that it uses; empty: not known
   * @param description such as {@code view active_customers}
   */
  public record Dependent(List<String> columns, String description) {
    public Dependent {
      columns = List.copyOf(columns);
    }
  }

  /**
   * What the server says of an expression.
   *
   * @param error of the server; absent: it accepts the expression
   * @param type of the value; empty where there is an error
   * @param immutable whether the same row always gives the same value, its conversion {@code into}
   *     the asked type included; of a type: whether a column of it can be added without touching
   *     rows, which a domain with constraints cannot
   * @param columns of the row that it uses, sorted
   * @param qualified the expression as the server writes it under an empty search_path: means the
   *     same whatever the search_path of a client is
   */
  public record Judgement(
      String id,
      Optional<String> error,
      String type,
      boolean immutable,
      List<String> columns,
      String qualified) {
    public Judgement {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A workload of the cluster.
   *
   * @param replicas wanted
   * @param images container name to image
   */
  public record Workload(
      WorkloadReference reference, int replicas, SortedMap<String, String> images) {
    public Workload {
      images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    }
  }
}
