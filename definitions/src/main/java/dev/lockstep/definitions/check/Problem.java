package dev.lockstep.definitions.check;

import java.util.Optional;

/**
 * One thing that is wrong with a definition.
 *
 * @param code stable name for programs, such as {@code FIELD_UNKNOWN}
 * @param path in the document, such as {@code spec.changes[2].addColumn.column.type}
 * @param message names the value and says what would be right
 * @param place file and line, where the definition came from a file
 */
public record Problem(Code code, String path, String message, Optional<Place> place) {
  /** A problem whose place is not known yet. */
  public static Problem at(String path, Code code, String message) {
    return new Problem(code, path, message, Optional.empty());
  }

  @Override
  public String toString() {
    String where = place.map(p -> p.file() + ":" + p.line() + ": ").orElse("");
    return where + path + ": " + message + " [" + code + "]";
  }

  /**
   * Where a document says it.
   *
   * @param file as the user named it; {@code -} for standard input
   * @param line from 1
   */
  public record Place(String file, int line) {}

  /** Every kind of problem. Names are stable: scripts and the documentation refer to them. */
  public enum Code {
    /** The text is not YAML, or breaks a limit of the reader. */
    SYNTAX_WRONG,
    /** {@code apiVersion} is not one that this version reads. */
    API_VERSION_UNKNOWN,
    /** {@code kind} is not one that this version reads. */
    KIND_UNKNOWN,
    /** A field that the kind does not have. */
    FIELD_UNKNOWN,
    /** A field that must be there is not. */
    FIELD_MISSING,
    /** A value of another type, or out of its range. */
    VALUE_WRONG,
    /** Two fields that exclude each other, or one of several is needed. */
    CHOICE_WRONG,
    /** The same name twice. */
    NAME_TAKEN,
    /** A reference to something that is not there. */
    REFERENCE_UNKNOWN,
    /** Two changes that contradict each other. */
    CHANGES_CLASH,
    /** {@code up} is needed here. */
    UP_MISSING,
    /** {@code down} is needed here. */
    DOWN_MISSING,
    /** The table is not in the database. */
    TABLE_UNKNOWN,
    /** The column is not in the table. */
    COLUMN_UNKNOWN,
    /** The thing to create is there already. */
    OBJECT_EXISTS,
    /** The thing to drop or refer to is not there. */
    OBJECT_UNKNOWN,
    /** The database refuses the expression. */
    EXPRESSION_WRONG,
    /** The type is not one of the database's. */
    TYPE_UNKNOWN,
    /** The role may not do what the plan needs. */
    PRIVILEGE_MISSING,
    /** Lockstep cannot do this safely yet. */
    CHANGE_UNSUPPORTED,
    /** A hazard of level {@code stop} that was not accepted. */
    HAZARD_NOT_ALLOWED,
    /** The workload is not in the cluster. */
    WORKLOAD_UNKNOWN,
    /** The server is too old or too new. */
    VERSION_UNSUPPORTED
  }
}
