package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.Customers;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Databases that are equal block by block: each is a copy of one that was filled and vacuumed once.
 * So nobody finds what another one left.
 */
final class Copies implements AutoCloseable {
  private static final String PREFIX = "lockstep_rivals_";

  private final Server server;
  private final Path folder;
  private final Jdbi maintenance;
  private final Set<String> made = new LinkedHashSet<>();

  Copies(Server server, Path folder) {
    this.server = server;
    this.folder = folder;
    this.maintenance = target(server.database(), 0).sessions("bench");
  }

  /** A database with a table of so many rows, checkpointed. */
  Target make(String name, int rows) {
    String base = PREFIX + "rows_" + rows;
    if (!made.contains(base)) {
      fill(base, rows);
    }
    String copy = PREFIX + name;
    create(copy, " TEMPLATE " + base);
    execute("CHECKPOINT");
    return target(copy, rows);
  }

  /** The same without a copy of it, for a table that is needed once. */
  Target makeOnce(String name, int rows) {
    fill(PREFIX + name, rows);
    return target(PREFIX + name, rows);
  }

  void drop(Target target) {
    drop(target.database());
  }

  /** Sessions in the database that is there already. */
  Jdbi maintenance() {
    return maintenance;
  }

  private void fill(String base, int rows) {
    create(base, "");
    target(base, rows)
        .sessions("bench")
        .useHandle(
            handle -> {
              handle.execute(Customers.creation(Target.TABLE));
              handle.execute(Customers.filling(Target.TABLE, rows));
              handle.execute("VACUUM (ANALYZE) " + Target.TABLE);
              handle.execute("CHECKPOINT");
            });
  }

  private void create(String name, String how) {
    drop(name);
    execute("CREATE DATABASE " + name + how);
    made.add(name);
  }

  private void drop(String name) {
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    made.remove(name);
  }

  private void execute(String statement) {
    maintenance.useHandle(handle -> handle.execute(statement));
  }

  private Target target(String name, int rows) {
    return new Target(server, name, rows, folder);
  }

  @Override
  public void close() {
    Set.copyOf(made).forEach(this::drop);
  }
}
