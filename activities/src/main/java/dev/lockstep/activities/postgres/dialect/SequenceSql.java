package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.Identifiers.quote;

import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;

/** Sequences that belong to a column. */
final class SequenceSql {
  private SequenceSql() {}

  /**
   * Gives the sequence of one column to another; nothing happens where the first has none, because
   * its default may draw from a sequence that belongs to nobody.
   */
  static String move(TableName table, String from, String to) {
    String sequence =
        "pg_catalog.pg_get_serial_sequence(%s, %s)"
            .formatted(Quoted.text(quote(table)), Quoted.text(from));
    return Quoted.block(
        """
        BEGIN
          IF %s IS NOT NULL THEN
            EXECUTE pg_catalog.format('ALTER SEQUENCE %%s OWNED BY %%s', %s, %s);
          END IF;
        END
        """
            .formatted(sequence, sequence, Quoted.text(quote(table) + "." + quote(to))));
  }
}
