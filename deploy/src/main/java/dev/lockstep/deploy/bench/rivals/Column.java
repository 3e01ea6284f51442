package dev.lockstep.deploy.bench.rivals;

/** What the new column is to be. */
enum Column {
  /** Every row has a value in the end, and the database sees to it. */
  NOT_NULL,
  /** It may stay empty. */
  NULLABLE;

  boolean nullable() {
    return this == NULLABLE;
  }
}
