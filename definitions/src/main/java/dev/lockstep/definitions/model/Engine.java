package dev.lockstep.definitions.model;

/** A database product that Lockstep can change. */
public enum Engine {
  /** PostgreSQL 13 to 18. */
  POSTGRESQL
}
