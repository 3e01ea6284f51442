package dev.lockstep.definitions.model;

/** A database product. */
public enum Engine {
  /** PostgreSQL 13 to 18; migrations too. */
  POSTGRESQL(5432),
  /** MySQL; backups, restores and drills. */
  MYSQL(3306),
  /** MariaDB; backups, restores and drills. */
  MARIADB(3306);

  private final int usualPort;

  Engine(int usualPort) {
    this.usualPort = usualPort;
  }

  /** The port at which the product listens unless told otherwise. */
  public int usualPort() {
    return usualPort;
  }
}
