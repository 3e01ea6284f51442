package dev.lockstep.definitions.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names that a migration makes in the user's schema. All begin with a prefix that nobody else uses.
 */
final class Naming {
  /** NAMEDATALEN - 1 of PostgreSQL as it is built by everybody: longer names are cut silently. */
  private static final int LONGEST_BYTES = 63;

  private static final int DIGEST_CHARACTERS = 8;

  private Naming() {}

  /** The column, index or constraint that will take the name {@code name}. */
  static String shadow(String name) {
    return cut("lockstep_new_" + name);
  }

  /** What a column is called until its rows are filled, so that nobody uses it sooner. */
  static String filling(String name) {
    return cut("lockstep_fill_" + name);
  }

  /** What a column or table is called between contract and finish. */
  static String tombstone(String name) {
    return cut("lockstep_old_" + name);
  }

  /** The table under its name between contract and finish. */
  static TableName tombstone(TableName table) {
    return new TableName(table.schema(), tombstone(table.name()));
  }

  /** The check that proves a column free of NULLs. */
  static String notNullCheck(String column) {
    return cut("lockstep_nn_" + column);
  }

  /**
   * The trigger of a migration on a table: {@code zz} because triggers fire in the order of their
   * names. Its function has the same name and lives in the schema of the table, so tables of one
   * schema need names of their own.
   */
  static String trigger(String migration, TableName table) {
    return cut("zz_lockstep_" + migration.replaceAll("[^A-Za-z0-9_]", "_") + "__" + table.name());
  }

  /** The triggers of a looked-up table, for one column of another table that follows it. */
  static String follower(String migration, TableName table, String column) {
    return cut(
        "zz_lockstep_"
            + migration.replaceAll("[^A-Za-z0-9_]", "_")
            + "__"
            + table.toString().replace('.', '_')
            + "__"
            + column);
  }

  private static String cut(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES) {
      return name;
    }
    int end = name.length();
    String kept = name;
    while (kept.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES - DIGEST_CHARACTERS - 1) {
      end = name.offsetByCodePoints(end, -1);
      kept = name.substring(0, end);
    }
    return kept + "_" + digest(name);
  }

  private static String digest(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGEST_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
