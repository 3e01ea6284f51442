package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.Identifiers.quote;

import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;

/**
 * The indexes of partitions that are built for an index of their table. Their names follow from the
 * names of both, so that a build that was cut is found again.
 */
public final class PartitionIndexes {
  private PartitionIndexes() {}

  /** The name of a partition's index, in the partition's schema. */
  public static String name(String index, TableName partition) {
    return Identifiers.fit(index + "_" + partition.name());
  }

  /**
   * Builds that of a partition with rows.
   *
   * @param definition of the table's index, as {@code pg_get_indexdef} writes it
   */
  public static String buildLeaf(String definition, String name, TableName partition) {
    return Definitions.indexOfPartition(
        definition, " CONCURRENTLY " + quote(name) + " ON " + quote(partition) + " ");
  }

  /**
   * Makes that of a partition which is itself divided.
   *
   * @param definition of the table's index, as {@code pg_get_indexdef} writes it
   */
  public static String makeBranch(String definition, String name, TableName partition) {
    return Definitions.indexOfPartition(
        definition, " " + quote(name) + " ON ONLY " + quote(partition) + " ");
  }

  /** Makes a partition's index, or that of a branch, part of another one. */
  public static String attach(TableName whole, TableName part) {
    return "ALTER INDEX " + quote(whole) + " ATTACH PARTITION " + quote(part);
  }

  /** Drops an index of a partitioned table and its parts. */
  public static String drop(TableName whole) {
    return "DROP INDEX IF EXISTS " + quote(whole);
  }

  /**
   * Names of partitions' indexes that were given for {@code from}, or by the server after a column
   * with the same prefix, are given for {@code to}. A name is left where the new one is taken.
   */
  static String rename(TableName table, String from, String to) {
    String mark = from.endsWith(to) ? from.substring(0, from.length() - to.length()) : from;
    return Quoted.block(
        """
        DECLARE
          part record;
        BEGIN
          FOR part IN
            WITH RECURSIVE tree AS (
              SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = %1$s::pg_catalog.regclass
              UNION ALL
              SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits i
                ON i.inhparent = tree.inhrelid)
            SELECT c.oid::pg_catalog.regclass AS index, c.relnamespace AS schema,
              pg_catalog.left(pg_catalog.replace(c.relname::text, %2$s, %3$s), 63) AS name
            FROM tree JOIN pg_catalog.pg_class c ON c.oid = tree.inhrelid
            WHERE pg_catalog.strpos(c.relname::text, %2$s) > 0
          LOOP
            IF NOT EXISTS (SELECT FROM pg_catalog.pg_class
                WHERE relname = part.name AND relnamespace = part.schema) THEN
              EXECUTE pg_catalog.format('ALTER INDEX %%s RENAME TO %%I', part.index, part.name);
            END IF;
          END LOOP;
        END
        """
            .formatted(
                Quoted.text(quote(new TableName(table.schema(), from))),
                Quoted.text(mark),
                Quoted.text(mark.equals(from) ? to : "")));
  }
}
