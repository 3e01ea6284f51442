package dev.lockstep.activities.kept;

import dev.lockstep.activities.dump.portable.DroppedDefinition;
import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Makes a dropped table again.
 *
 * <ol>
 *   <li>In one transaction: the table under the name that it was dropped under, its rows, its keys,
 *       indexes and sequences, foreign keys without looking at the rows, and last its own name. So
 *       whoever dies on the way leaves nothing.
 *   <li>Foreign keys are proven one by one, while reads and writes go on. What no longer fits is
 *       told, and stays as a key that binds new rows only.
 * </ol>
 */
record BringBackTable(Transactions transactions, KeptTable kept, TableName into) {
  private static final Pattern NAMED =
      Pattern.compile("ADD CONSTRAINT (\"(?:[^\"]|\"\")+\"|\\S+) FOREIGN KEY");

  private static final String NOT_VALID = " NOT VALID";

  /** Refuses what cannot succeed, and changes nothing. */
  void check() {
    TableName stored = kept.definition().data().stored();
    transactions.run(
        handle -> {
          for (TableName name : List.of(into, stored)) {
            if (Transactions.taken(handle, Quoted.name(name))) {
              throw taken(name);
            }
          }
          return true;
        });
  }

  BroughtBack bringBack() {
    List<String> notes = new ArrayList<>();
    List<String> proofs = new ArrayList<>();
    long rows =
        transactions.run(
            handle -> {
              notes.clear();
              proofs.clear();
              return make(handle, notes, proofs);
            });
    for (String constraint : proofs) {
      prove(constraint, notes);
    }
    transactions.run(
        handle -> {
          PlainSql.run(handle, "ANALYZE " + Quoted.name(into));
          return true;
        });
    notes.add("triggers, grants, policies and the owner are not brought back");
    return new BroughtBack(kept.kept().what(), into.toString(), rows, rows, 0, 0, notes);
  }

  private long make(Handle handle, List<String> notes, List<String> proofs)
      throws SQLException, IOException {
    DroppedDefinition definition = kept.definition();
    String stored = Quoted.name(definition.data().stored());
    if (Transactions.taken(handle, Quoted.name(into))) {
      throw taken(into);
    }
    definition.before().forEach(sql -> PlainSql.run(handle, sql));
    String list =
        definition.columns().isEmpty()
            ? ""
            : definition.columns().stream()
                .map(Quoted::name)
                .collect(Collectors.joining(", ", " (", ")"));
    long rows;
    try (InputStream content = kept.open()) {
      rows = Transactions.copy(handle, stored + list, content);
    }
    if (rows != kept.rows()) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED, "%s got %d rows of %d".formatted(into, rows, kept.rows()), "");
    }
    definition.after().forEach(sql -> PlainSql.run(handle, sql));
    definition.foreignKeys().forEach(sql -> refer(handle, sql, notes, proofs));
    rename(handle);
    return rows;
  }

  /** The other table is locked against writes for a moment, since no row is looked at. */
  private static void refer(Handle handle, String sql, List<String> notes, List<String> proofs) {
    boolean unproven = sql.endsWith(NOT_VALID);
    String name = name(sql);
    String why = Transactions.attempt(handle, unproven ? sql : sql + NOT_VALID);
    if (!why.isEmpty()) {
      notes.add("foreign key " + name + " is not brought back: " + why);
    } else if (!unproven) {
      proofs.add(name);
    }
  }

  private void rename(Handle handle) {
    TableName stored = kept.definition().data().stored();
    if (!stored.name().equals(into.name())) {
      PlainSql.run(
          handle, "ALTER TABLE " + Quoted.name(stored) + " RENAME TO " + Quoted.name(into.name()));
    }
    if (!stored.schema().equals(into.schema())) {
      TableName renamed = new TableName(stored.schema(), into.name());
      PlainSql.run(
          handle,
          "ALTER TABLE " + Quoted.name(renamed) + " SET SCHEMA " + Quoted.name(into.schema()));
    }
  }

  private void prove(String constraint, List<String> notes) {
    String why =
        transactions.run(
            handle ->
                Transactions.attempt(
                    handle,
                    "ALTER TABLE " + Quoted.name(into) + " VALIDATE CONSTRAINT " + constraint));
    if (!why.isEmpty()) {
      notes.add("foreign key " + constraint + " binds new rows only: " + why);
    }
  }

  private static String name(String sql) {
    Matcher named = NAMED.matcher(sql);
    if (!named.find()) {
      throw Faults.failure(FaultCode.LOAD_FAILED, "no foreign key: " + sql, "");
    }
    return named.group(1);
  }

  private static ApplicationFailure taken(TableName name) {
    return Faults.failure(
        FaultCode.OBJECT_UNEXPECTED,
        "%s is there already: nothing was changed; give another name by --into".formatted(name),
        "");
  }
}
