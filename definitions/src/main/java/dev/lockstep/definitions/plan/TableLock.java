package dev.lockstep.definitions.plan;

/** A lock that a step takes for a moment. */
public record TableLock(TableName table, LockMode mode) {
  @Override
  public String toString() {
    return mode.sql() + " on " + table + " (blocks " + mode.blocks() + ")";
  }
}
