package dev.lockstep.activities.kept;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The kept rows of dropped columns, in a table beside the one that they were of. Its comment says
 * what it is: one that is there, with that comment, was made in one transaction, so it is whole.
 */
record SideTable(Transactions transactions, KeptTable kept, TableName name) {
  private static final String FILLING = ", on its way back";
  private static final int LONGEST_BYTES = 63;

  /** The usual name: that of the table with {@code _kept} behind it. */
  static TableName usual(TableName table) {
    String name = table.name() + "_kept";
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      throw Faults.failure(
          FaultCode.OBJECT_UNEXPECTED,
          "%s has more than %d bytes: give a shorter name by --into".formatted(name, LONGEST_BYTES),
          "");
    }
    return new TableName(table.schema(), name);
  }

  /** Whether what is there under its name, if anything, is it. */
  void check(Handle handle) {
    if (Transactions.taken(handle, quoted()) && !isOurs(handle)) {
      throw taken();
    }
  }

  boolean isThere(Handle handle) {
    return Transactions.taken(handle, quoted()) && isOurs(handle);
  }

  /** Whether the columns were added to the table already, and are ours to be filled. */
  boolean isFilling(Handle handle) {
    return isThere(handle) && comment(handle).equals(mark() + FILLING);
  }

  /** In the transaction that adds the columns. */
  void noteFilling(Handle handle) {
    comment(handle, mark() + FILLING);
  }

  /** Makes and loads it where it is not there; answers how many rows it has. */
  void load() {
    transactions.run(
        handle -> {
          if (!isThere(handle)) {
            make(handle);
          }
          return true;
        });
  }

  void drop() {
    transactions.run(
        handle -> {
          PlainSql.run(handle, "DROP TABLE " + quoted());
          return true;
        });
  }

  String quoted() {
    return Quoted.name(name);
  }

  List<KeyColumn> key() {
    return kept.definition().rowKey();
  }

  /** What a dropped column is called here: its name, unless a column of the key has it. */
  String column(DroppedData.Column column) {
    Set<String> taken = key().stream().map(KeyColumn::name).collect(Collectors.toSet());
    return taken.contains(column.name()) ? column.name() + "_kept" : column.name();
  }

  private void make(Handle handle) throws SQLException, IOException {
    check(handle);
    List<DroppedData.Column> columns = kept.definition().data().columns();
    String definitions =
        Stream.concat(
                key().stream().map(column -> Quoted.name(column.name()) + " " + column.type()),
                columns.stream().map(column -> Quoted.name(column(column)) + " " + typed(column)))
            .collect(Collectors.joining(", ", " (", ")"));
    PlainSql.run(handle, "CREATE TABLE " + quoted() + definitions);
    long rows;
    try (InputStream content = kept.open()) {
      rows = Transactions.copy(handle, quoted(), content);
    }
    if (rows != kept.rows()) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED, "%s got %d rows of %d".formatted(name, rows, kept.rows()), "");
    }
    if (kept.definition().keyed()) {
      PlainSql.run(handle, "ALTER TABLE " + quoted() + " ADD PRIMARY KEY (" + keyList("") + ")");
    }
    comment(handle, mark());
    PlainSql.run(handle, "ANALYZE " + quoted());
  }

  /** The type as a column is declared with it. */
  static String typed(DroppedData.Column column) {
    return column.type() + column.collation().map(it -> " COLLATE " + it).orElse("");
  }

  /** The key's columns with a prefix, with commas. */
  String keyList(String prefix) {
    return key().stream()
        .map(column -> prefix + Quoted.name(column.name()))
        .collect(Collectors.joining(", "));
  }

  /** Conditions that a row of {@code t} is that of {@code s}. */
  String sameKey() {
    List<String> same = new ArrayList<>();
    key().forEach(it -> same.add("t." + Quoted.name(it.name()) + " = s." + Quoted.name(it.name())));
    return String.join(" AND ", same);
  }

  private boolean isOurs(Handle handle) {
    String comment = comment(handle);
    return comment.equals(mark()) || comment.equals(mark() + FILLING);
  }

  private String mark() {
    return "lockstep: %s, kept by run %s as %s/%s"
        .formatted(
            kept.kept().what(),
            kept.kept().run(),
            kept.reader().manifest().backup(),
            kept.reader().manifest().id());
  }

  private String comment(Handle handle) {
    return Transactions.value(
        handle,
        "SELECT pg_catalog.obj_description(to_regclass("
            + Quoted.text(quoted())
            + "), 'pg_class')");
  }

  private void comment(Handle handle, String text) {
    PlainSql.run(handle, "COMMENT ON TABLE " + quoted() + " IS " + Quoted.text(text));
  }

  private ApplicationFailure taken() {
    return Faults.failure(
        FaultCode.OBJECT_UNEXPECTED,
        "%s is there already and is not of this restore point: nothing was changed; give another"
                .formatted(name)
            + " name by --into",
        "");
  }
}
