package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to back up, how, where to, and how long it is kept.
 *
 * @param database name of a {@link Database}
 * @param store name of a {@link Store}
 * @param dump how a dump is taken; for {@link Method#PORTABLE} only {@link Dump#DEFAULT} fits
 * @param tables the only ones, each {@code schema.table}, or the name alone, which for PostgreSQL
 *     is that of schema {@code public}; empty: everything
 * @param rpo how old the newest backup may be at most; absent: nobody said
 * @param maxRate most bytes a second read from the database, before compression; absent: no limit
 * @param quiesce what stands still while it is taken; absent: nothing
 */
public record Backup(
    String name,
    String database,
    String store,
    Method method,
    Dump dump,
    List<String> tables,
    Retention retention,
    Optional<Duration> rpo,
    Optional<ByteRate> maxRate,
    Optional<Quiesce> quiesce)
    implements Definition {
  public Backup {
    tables = List.copyOf(tables);
  }

  /** One for which nothing stands still. */
  public Backup(
      String name,
      String database,
      String store,
      Method method,
      Dump dump,
      List<String> tables,
      Retention retention,
      Optional<Duration> rpo,
      Optional<ByteRate> maxRate) {
    this(name, database, store, method, dump, tables, retention, rpo, maxRate, Optional.empty());
  }

  /** The same with another name, and with what stands still. */
  public Backup with(String otherName, Optional<Quiesce> quiet) {
    return new Backup(
        otherName, database, store, method, dump, tables, retention, rpo, maxRate, quiet);
  }

  /** How data leaves the database. */
  public enum Method {
    /** By the product's own program: pg_dump, mysqldump, mariadb-dump. */
    DUMP,
    /** Without any program: definitions in the server's words, rows through one snapshot. */
    PORTABLE
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.backup(this);
  }
}
