package dev.lockstep.definitions.check;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Which names are allowed, and what of them is compared. */
public final class Names {
  /**
   * Names of definitions, gates, containers and objects of the cluster: a label of DNS (RFC 1123,
   * section 2.1).
   */
  public static final Pattern LABEL = Pattern.compile("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$");

  /** The id of a backup: when it was planned, in UTC. */
  public static final Pattern BACKUP_ID = Pattern.compile("^[0-9]{8}T[0-9]{6}Z$");

  /** The longest identifier of PostgreSQL, in bytes (its NAMEDATALEN less one). */
  public static final int LONGEST_IDENTIFIER = 63;

  /** What the names begin with that a migration gives to its own things in the user's tables. */
  static final String OWN_PREFIX = "lockstep_";

  /** The schema of the ledger. */
  static final String OWN_SCHEMA = "lockstep";

  private Names() {}

  static boolean isLabel(String name) {
    return LABEL.matcher(name).matches();
  }

  static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The table with its schema, so that {@code orders} and {@code public.orders} are the same. */
  static String withSchema(String table) {
    return table.indexOf('.') < 0 ? "public." + table : table;
  }

  /** The schema of a table. */
  static String schemaOf(String table) {
    String full = withSchema(table);
    return full.substring(0, full.indexOf('.'));
  }
}
