package dev.lockstep.definitions.model;

/** A database product. */
public enum Engine {
  /** PostgreSQL 13 to 18; migrations too. */
  POSTGRESQL,
  /** MySQL; backups, restores and drills. */
  MYSQL,
  /** MariaDB; backups, restores and drills. */
  MARIADB
}
