package dev.lockstep.definitions.plan;

/** A table with its schema, both as the catalogue stores them. */
public record TableName(String schema, String name) implements Comparable<TableName> {
  /** Reads {@code table} or {@code schema.table}; without a schema, {@code public}. */
  public static TableName parse(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? new TableName("public", text)
        : new TableName(text.substring(0, dot), text.substring(dot + 1));
  }

  @Override
  public int compareTo(TableName other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : name.compareTo(other.name);
  }

  /** The form that messages use: without the schema where it is {@code public}. */
  @Override
  public String toString() {
    return schema.equals("public") ? name : schema + "." + name;
  }
}
