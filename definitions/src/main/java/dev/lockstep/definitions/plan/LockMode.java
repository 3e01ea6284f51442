package dev.lockstep.definitions.plan;

/**
 * Table locks, by PostgreSQL's names and strength.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html">Explicit locking</a>
 */
public enum LockMode {
  /** Blocks only schema changes of the strongest kind. */
  SHARE_UPDATE_EXCLUSIVE("SHARE UPDATE EXCLUSIVE", "other schema changes and VACUUM"),
  /** Blocks writes. */
  SHARE("SHARE", "writes"),
  /** Blocks writes and other schema changes. */
  SHARE_ROW_EXCLUSIVE("SHARE ROW EXCLUSIVE", "writes and other schema changes"),
  /** Blocks everything. */
  ACCESS_EXCLUSIVE("ACCESS EXCLUSIVE", "reads and writes");

  private final String sql;
  private final String blocks;

  LockMode(String sql, String blocks) {
    this.sql = sql;
    this.blocks = blocks;
  }

  /** As {@code LOCK TABLE … IN … MODE} takes it. */
  public String sql() {
    return sql;
  }

  /** What waits while it is held. */
  public String blocks() {
    return blocks;
  }
}
