package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.WorkloadReference;
import java.util.List;
import java.util.Optional;

/**
 * What the planner needs to know about the live systems. Answered by an {@link Observation}.
 *
 * @param tables each table that the definition names, sorted, without doubles
 * @param expressions SQL of the definition that the server shall judge
 * @param relations names that the plan may give to a table or an index, sorted
 */
public record Questions(
    List<TableName> tables,
    List<Expression> expressions,
    List<WorkloadReference> workloads,
    List<TableName> relations) {
  public Questions {
    tables = List.copyOf(tables);
    expressions = List.copyOf(expressions);
    workloads = List.copyOf(workloads);
    relations = List.copyOf(relations);
  }

  /**
   * One expression over a row of a table.
   *
   * @param id path of the expression in the definition, such as {@code
   *     spec.changes[0].addColumn.up}
   * @param table the table whose row it is about; it may be one that the migration creates
   * @param given columns that the row has besides, or with another type, when it is evaluated
   * @param into where its value goes; absent: anywhere
   */
  public record Expression(
      String id, TableName table, List<Given> given, String sql, Optional<Into> into) {
    public Expression {
      given = List.copyOf(given);
    }
  }

  /**
   * What the value of an expression becomes.
   *
   * @param type absent: that of the column {@code like}
   * @param like a column of the table as it is; absent: {@code type} says it
   */
  public record Into(Optional<String> type, Optional<String> like, Conversion conversion) {}

  /** How a value gets its type. */
  public enum Conversion {
    /** As an UPDATE assigns it; where there is no assignment cast, the judgement has an error. */
    ASSIGNMENT,
    /** {@code CAST(… AS type)}; the judged and the qualified expression include the cast. */
    CAST
  }

  /**
   * A column that the row has when an expression is evaluated.
   *
   * @param type absent: that of the column {@code like}
   * @param like absent: {@code type} says it
   */
  public record Given(String name, Optional<String> type, Optional<String> like) {}
}
