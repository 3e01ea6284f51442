package dev.lockstep.activities.kept;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Adds dropped columns to their table again, with the values that they had.
 *
 * <ol>
 *   <li>The kept rows go into a side table, in one transaction.
 *   <li>The columns are added, nullable, with their defaults and comments; that they are ours is
 *       noted in the same transaction.
 *   <li>Values are set in batches by the key, only where the row is still there and has none yet.
 *   <li>Rows are counted, and the side table goes.
 * </ol>
 *
 * <p>Whoever dies on the way leaves the side table; the same command goes on from it. A value that
 * a client wrote meanwhile stays.
 */
record BringBackColumns(Transactions transactions, KeptTable kept, SideTable side) {
  /** Refuses what cannot succeed, and changes nothing. */
  void check() {
    transactions.run(
        handle -> {
          side.check(handle);
          TableName table = kept.table();
          if (!Transactions.taken(handle, Quoted.name(table))) {
            throw refused("table " + table + " is not there");
          }
          if (!kept.definition().keyed()) {
            throw refused(
                table + " had no key when its columns were dropped, so rows cannot be found again");
          }
          for (KeyColumn column : side.key()) {
            String type = type(handle, column.name());
            if (!type.equals(column.type())) {
              throw refused(
                  "column %s of the key of %s was %s and is %s"
                      .formatted(
                          column.name(),
                          table,
                          column.type(),
                          type.isEmpty() ? "not there" : "now " + type));
            }
          }
          if (!side.isFilling(handle)) {
            for (DroppedData.Column column : columns()) {
              if (!type(handle, column.name()).isEmpty()) {
                throw refused("column %s of %s is there already".formatted(column.name(), table));
              }
            }
          }
          return true;
        });
  }

  BroughtBack bringBack() {
    side.load();
    List<String> notes = new ArrayList<>();
    transactions.run(
        handle -> {
          notes.clear();
          if (!side.isFilling(handle)) {
            add(handle, notes);
          }
          return true;
        });
    columns().stream()
        .filter(column -> !column.nullable())
        .forEach(column -> notes.add(column.name() + " was NOT NULL and may be NULL now"));
    columns().stream()
        .filter(DroppedData.Column::generated)
        .forEach(column -> notes.add(column.name() + " was generated and is a plain column now"));
    new KeptBatches(transactions, side, columns()).fill(this::progress);
    BroughtBack done = counted(notes);
    side.drop();
    return done;
  }

  private void add(Handle handle, List<String> notes) {
    String table = Quoted.name(kept.table());
    for (DroppedData.Column column : columns()) {
      String name = Quoted.name(column.name());
      PlainSql.run(
          handle, "ALTER TABLE " + table + " ADD COLUMN " + name + " " + SideTable.typed(column));
      Optional<String> usual = column.defaultValue().filter(sql -> !column.generated());
      if (usual.isPresent()) {
        String sql = "ALTER TABLE " + table + " ALTER COLUMN " + name + " SET DEFAULT ";
        String why = Transactions.attempt(handle, sql + usual.get());
        if (!why.isEmpty()) {
          notes.add("%s has no default any more: %s".formatted(column.name(), why));
        }
      }
      column
          .comment()
          .ifPresent(
              text ->
                  PlainSql.run(
                      handle,
                      "COMMENT ON COLUMN " + table + "." + name + " IS " + Quoted.text(text)));
    }
    side.noteFilling(handle);
  }

  private BroughtBack counted(List<String> notes) {
    String table = Quoted.name(kept.table());
    return transactions.run(
        handle -> {
          long matched =
              number(
                  handle,
                  "SELECT count(*) FROM %s s WHERE EXISTS (SELECT FROM %s t WHERE %s)"
                      .formatted(side.quoted(), table, side.sameKey()));
          long all = number(handle, "SELECT count(*) FROM " + table);
          return new BroughtBack(
              kept.kept().what(),
              kept.table().toString(),
              kept.rows(),
              matched,
              kept.rows() - matched,
              all - matched,
              notes);
        });
  }

  /** In bytes, as if all rows had the same length. */
  private void progress(long rows) {
    long total = Math.max(1, kept.rows());
    transactions
        .reporter()
        .progress(
            new Progress(
                "restore " + kept.kept().what(),
                kept.bytes() * Math.min(rows, total) / total,
                kept.bytes(),
                0,
                Optional.empty(),
                List.of()));
  }

  private static long number(Handle handle, String sql) {
    return Long.parseLong(Transactions.value(handle, sql));
  }

  private String type(Handle handle, String column) {
    return Transactions.value(
        handle,
        "SELECT pg_catalog.format_type(atttypid, atttypmod) FROM pg_catalog.pg_attribute WHERE"
            + " attrelid = to_regclass("
            + Quoted.text(Quoted.name(kept.table()))
            + ") AND attnum > 0 AND NOT attisdropped AND attname = "
            + Quoted.text(column));
  }

  private List<DroppedData.Column> columns() {
    return kept.definition().data().columns();
  }

  private static ApplicationFailure refused(String why) {
    return Faults.failure(
        FaultCode.OBJECT_UNEXPECTED,
        why + ": nothing was changed; --into TABLE brings the rows back beside it",
        "");
  }
}
