package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Constraint;
import java.util.List;
import java.util.Optional;

/**
 * Writes the statements of a plan in the language of one database product. Pure: no connection.
 * Every name is quoted where it has to be; every statement comes without a closing semicolon.
 */
public interface SqlDialect {
  /** The identifier, quoted where the language needs it. */
  String quote(String identifier);

  /** The table with its schema. */
  default String quote(TableName table) {
    return quote(table.schema()) + "." + quote(table.name());
  }

  /** Creates a table with its columns and primary key. */
  String createTable(TableName table, List<Column> columns);

  /** Drops a table. */
  String dropTable(TableName table);

  /** Renames a table within its schema. */
  String renameTable(TableName table, String to);

  /** Adds a column as given: NULL or NOT NULL, with its default. */
  String addColumn(TableName table, Column column);

  /** Drops a column. */
  String dropColumn(TableName table, String column);

  /** Renames a column. */
  String renameColumn(TableName table, String from, String to);

  /** Changes a column's type where no row has to be rewritten. */
  String changeType(TableName table, String column, String type);

  /** Sets a column's default. */
  String setDefault(TableName table, String column, String expression);

  /** Removes a column's default. */
  String dropDefault(TableName table, String column);

  /**
   * Makes the sequence that belongs to the column {@code from}, where there is one, belong to the
   * column {@code to}: it would be dropped together with {@code from}.
   */
  String moveSequence(TableName table, String from, String to);

  /** Forbids NULL. Fast where a validated check proves it. */
  String setNotNull(TableName table, String column);

  /** Allows NULL. */
  String dropNotNull(TableName table, String column);

  /** Sets or (absent) removes the comment of a column. */
  String comment(TableName table, String column, Optional<String> text);

  /** Grants on one column; {@code grant} as in {@link Observation.TableColumn#privileges()}. */
  String grant(TableName table, String column, String grant);

  /** Adds a constraint that holds for new rows only, until it is validated. */
  String addConstraint(TableName table, String name, Constraint constraint);

  /**
   * Adds a constraint written as SQL, such as {@code FOREIGN KEY (a) REFERENCES b(c)}, not valid.
   */
  String addConstraint(TableName table, String name, String definition);

  /** Makes a unique index the index of a new UNIQUE constraint of the same name. */
  String addUniqueUsingIndex(TableName table, String name);

  /** Proves a constraint. */
  String validateConstraint(TableName table, String name);

  /** Drops a constraint where it is there. */
  String dropConstraint(TableName table, String name);

  /** Renames a constraint. */
  String renameConstraint(TableName table, String from, String to);

  /** Builds an index without blocking writes. */
  String createIndex(TableName table, IndexShape index);

  /**
   * Makes the index of a partitioned table without those of its partitions. It is not valid before
   * each of them has joined it.
   */
  String createIndexAlone(TableName table, IndexShape index);

  /** Drops an index of a partitioned table and those of its partitions, where it is there. */
  String dropIndexWhole(TableName table, String index);

  /**
   * Gives the partitions' indexes that were built for the index {@code from} of a partitioned table
   * the names of those of {@code to}. Runs while {@code from} still has its name.
   */
  String renameIndexParts(TableName table, String from, String to);

  /** Drops an index of the table's schema without blocking, where it is there. */
  String dropIndex(TableName table, String index);

  /** Renames an index of the table's schema. */
  String renameIndex(TableName table, String from, String to);

  /** Creates the function and the trigger. */
  List<String> createSynchronisation(Synchronisation synchronisation);

  /** Replaces the function and the trigger by others of the same names. */
  List<String> replaceSynchronisation(Synchronisation synchronisation);

  /** Drops the trigger and its function where they are there. */
  List<String> dropSynchronisation(TableName table, String trigger);

  /**
   * Creates triggers of the looked-up table that carry nothing yet. The column may not be there.
   *
   * @param trigger name of what is created
   * @param derived a column whose lookup is followed
   */
  List<String> createFollower(String trigger, Synchronisation.Derived derived);

  /**
   * From here on a change of the value in a row of the looked-up table goes to the column in all
   * rows that find it, and the two never miss each other. Locks no table; the own table must be
   * locked against writers.
   */
  List<String> startFollower(String trigger, Synchronisation.Derived derived);

  /** Makes them carry nothing again, under the same lock. */
  List<String> stopFollower(String trigger, Synchronisation.Derived derived);

  /** Drops these triggers and their functions where they are there. */
  List<String> dropFollower(String trigger, LookedUp lookedUp);

  /**
   * The value for statements over the own table: {@code expression} with every input's name
   * standing for the stored column; where it is looked up, a sub-select.
   */
  String over(Synchronisation.Derived derived);

  /**
   * The definition of an index or constraint for another column: every mention of the column {@code
   * from} becomes {@code to}, and an index gets the name {@code name} and is built concurrently;
   * one of a partitioned table as by {@link #createIndexAlone}. Takes its own answer as a
   * definition, too: an index over two renamed columns is asked twice.
   */
  String indexFor(Observation.Index index, String name, String from, String to);

  /**
   * The definition of a constraint with every mention of the column {@code from} made {@code to}.
   * Takes its own answer as a definition, too.
   */
  String constraintFor(Observation.TableConstraint constraint, String from, String to);

  /** Whether {@code from} can become {@code to} without rewriting or scanning the table. */
  boolean widens(String from, String to);

  /**
   * Whether IS DISTINCT FROM tells any two different values of the type apart; false for json,
   * which it does not take, and for types that call different values equal. They are compared as
   * text.
   */
  default boolean comparable(String type) {
    return true;
  }

  /** Whether a default of this SQL is evaluated once, not once a row, when a column is added. */
  boolean constant(String expression);

  /**
   * An index to build.
   *
   * @param columns column names or, in parentheses, expressions
   */
  record IndexShape(
      String name,
      List<String> columns,
      boolean unique,
      Optional<String> method,
      Optional<String> where) {
    public IndexShape {
      columns = List.copyOf(columns);
    }
  }
}
