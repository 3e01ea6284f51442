package dev.lockstep.activities.dump.mysql;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the current database holds that {@link PortableMysqlEngine} does not carry. */
final class UnsupportedObjects {
  private static final String SEQUENCES =
      "SELECT concat('sequence ', table_name) FROM information_schema.tables"
          + " WHERE table_schema = database() AND table_type = 'SEQUENCE' ORDER BY 1";

  /** Of MariaDB in Oracle's mode; their bodies are routines of their own kind. */
  private static final String PACKAGES =
      "SELECT concat('package ', routine_name) FROM information_schema.routines"
          + " WHERE routine_schema = database() AND routine_type = 'PACKAGE' ORDER BY 1";

  /** From MySQL 9.2 on. */
  private static final String KNOWS_LIBRARIES =
      "SELECT count(*) FROM information_schema.tables"
          + " WHERE table_schema = 'information_schema' AND table_name = 'LIBRARIES'";

  private static final String LIBRARIES =
      "SELECT concat('library ', library_name) FROM information_schema.libraries"
          + " WHERE library_schema = database() ORDER BY 1";

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables"
          + " WHERE table_schema = database() AND table_type = 'BASE TABLE'";

  private UnsupportedObjects() {}

  /**
   * Their names, with their kinds.
   *
   * @param tables the only ones that are wanted; empty: everything
   */
  static List<String> of(Handle handle, List<String> tables) {
    List<String> found = new ArrayList<>();
    if (tables.isEmpty()) {
      found.addAll(list(handle, SEQUENCES));
      found.addAll(list(handle, PACKAGES));
      if (handle.createQuery(KNOWS_LIBRARIES).mapTo(Long.class).one() > 0) {
        found.addAll(list(handle, LIBRARIES));
      }
    }
    return List.copyOf(found);
  }

  /** Those of the chosen tables that are not there. */
  static List<String> missing(Handle handle, List<String> tables) {
    List<String> there = tables.isEmpty() ? List.of() : list(handle, TABLES);
    return tables.stream().filter(table -> !there.contains(Names.table(table))).toList();
  }

  private static List<String> list(Handle handle, String query) {
    return handle.createQuery(query).mapTo(String.class).list();
  }
}
