package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.definitions.model.Database;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.result.ResultIterable;

/**
 * Marks in the database itself: these products have no schemas inside a database. The sentinel's
 * table goes into every dump, the claim's into none.
 */
public final class MysqlMarks implements Marks {
  static final String SENTINEL = "lockstep_sentinel";
  static final String CLAIM = "lockstep_restore";

  private static final String MAKE_SENTINEL =
      "CREATE TABLE IF NOT EXISTS "
          + SENTINEL
          + " (backup varchar(253) NOT NULL, id varchar(64) NOT NULL, value varchar(255) NOT NULL,"
          + " written timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),"
          + " PRIMARY KEY (backup, id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

  private static final String MAKE_CLAIM =
      "CREATE TABLE IF NOT EXISTS "
          + CLAIM
          + " (one tinyint NOT NULL PRIMARY KEY, run varchar(255) NOT NULL)"
          + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

  private final Databases databases;
  private final Database database;

  /** Those of a database. */
  public MysqlMarks(Databases databases, Database database) {
    this.databases = databases;
    this.database = database;
  }

  @Override
  public void writeSentinel(String backup, String id, String value) {
    use(
        handle -> {
          handle.execute(MAKE_SENTINEL);
          handle.execute(
              "REPLACE INTO " + SENTINEL + " (backup, id, value) VALUES (?, ?, ?)",
              backup,
              id,
              value);
        });
  }

  @Override
  public Optional<String> findSentinel(String backup, String id) {
    return ask(
        handle ->
            has(handle, SENTINEL)
                ? handle
                    .select(
                        "SELECT value FROM " + SENTINEL + " WHERE backup = ? AND id = ?",
                        backup,
                        id)
                    .mapTo(String.class)
                    .findOne()
                : Optional.empty());
  }

  @Override
  public void pruneSentinels(String backup, int keep) {
    use(
        handle -> {
          if (has(handle, SENTINEL)) {
            List<String> old =
                handle
                    .select(
                        "SELECT id FROM "
                            + SENTINEL
                            + " WHERE backup = ? ORDER BY written DESC, id DESC",
                        backup)
                    .mapTo(String.class)
                    .list();
            old.stream()
                .skip(keep)
                .forEach(
                    id ->
                        handle.execute(
                            "DELETE FROM " + SENTINEL + " WHERE backup = ? AND id = ?",
                            backup,
                            id));
          }
        });
  }

  @Override
  public List<String> contents() {
    return ask(
        handle -> Contents.of(handle).stream().limit(10).map(Contents.Item::toString).toList());
  }

  @Override
  public void claim(String run) {
    use(
        handle -> {
          handle.execute(MAKE_CLAIM);
          handle.execute("REPLACE INTO " + CLAIM + " (one, run) VALUES (1, ?)", run);
        });
  }

  @Override
  public Optional<String> claimedBy() {
    return ask(
        handle ->
            has(handle, CLAIM)
                ? handle.select("SELECT run FROM " + CLAIM).mapTo(String.class).findOne()
                : Optional.empty());
  }

  @Override
  public void clear() {
    use(
        handle -> {
          handle.execute("SET SESSION foreign_key_checks = 0");
          try {
            for (Contents.Item item : Contents.of(handle)) {
              handle.execute(item.drop());
            }
            handle.execute("DROP TABLE IF EXISTS " + SENTINEL);
          } finally {
            handle.execute("SET SESSION foreign_key_checks = 1");
          }
        });
  }

  @Override
  public void release() {
    use(handle -> handle.execute("DROP TABLE IF EXISTS " + CLAIM));
  }

  @Override
  public SortedMap<String, Long> count(List<String> tables) {
    return ask(
        handle -> {
          SortedMap<String, Long> rows = new TreeMap<>();
          for (String table : tables) {
            String name = Names.table(table);
            if (has(handle, name)) {
              rows.put(
                  table,
                  handle
                      .select("SELECT count(*) FROM " + Names.quoted(name))
                      .mapTo(Long.class)
                      .one());
            }
          }
          return Collections.unmodifiableSortedMap(rows);
        });
  }

  @Override
  public Optional<String> ask(String query) {
    return ask(
        handle -> {
          ResultIterable<String> answer = handle.createQuery(query).mapTo(String.class);
          return answer.findFirst();
        });
  }

  private static boolean has(Handle handle, String table) {
    return handle
        .select(
            "SELECT 1 FROM information_schema.tables"
                + " WHERE table_schema = database() AND table_name = ?",
            table)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private <T> T ask(HandleCallback<T, RuntimeException> work) {
    return MysqlFaults.translated(() -> databases.open(database).withHandle(work));
  }

  private void use(HandleConsumer<RuntimeException> work) {
    MysqlFaults.translated(
        () -> {
          databases.open(database).useHandle(work);
          return true;
        });
  }
}
