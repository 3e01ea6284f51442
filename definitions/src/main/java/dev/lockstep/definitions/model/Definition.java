package dev.lockstep.definitions.model;

/** One document of a definition file. Closed: a new kind must be answered wherever kinds are. */
public sealed interface Definition
    permits Database, Migration, Store, Backup, Restore, Drill, Schedule, Trigger, Notification {
  /** The name that other documents and commands refer to. */
  String name();

  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for a database. */
    R database(Database database);

    /** Answers for a migration. */
    R migration(Migration migration);

    /** Answers for a store. */
    R store(Store store);

    /** Answers for a backup. */
    R backup(Backup backup);

    /** Answers for a restore. */
    R restore(Restore restore);

    /** Answers for a drill. */
    R drill(Drill drill);

    /** Answers for a schedule. */
    R schedule(Schedule schedule);

    /** Answers for a trigger. */
    R trigger(Trigger trigger);

    /** Answers for a notification. */
    R notification(Notification notification);
  }
}
