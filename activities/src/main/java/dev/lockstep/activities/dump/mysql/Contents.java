package dev.lockstep.activities.dump.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** What the current database holds that is not ours, in an order in which it can be dropped. */
final class Contents {
  private static final String EVENTS =
      "SELECT event_name FROM information_schema.events WHERE event_schema = database() ORDER BY 1";

  private static final String ROUTINES =
      "SELECT routine_name FROM information_schema.routines"
          + " WHERE routine_schema = database() AND routine_type = ? ORDER BY 1";

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables"
          + " WHERE table_schema = database() AND table_type %s ORDER BY 1";

  private Contents() {}

  static List<Item> of(Handle handle) {
    List<Item> items = new ArrayList<>();
    add(items, "EVENT", handle.createQuery(EVENTS).mapTo(String.class).list());
    // Packages of MariaDB in Oracle's mode: the body goes with its package.
    for (String kind : List.of("PACKAGE", "PROCEDURE", "FUNCTION")) {
      add(items, kind, handle.select(ROUTINES, kind).mapTo(String.class).list());
    }
    add(items, "VIEW", tables(handle, "LIKE '%VIEW'"));
    add(items, "SEQUENCE", tables(handle, "= 'SEQUENCE'"));
    add(items, "TABLE", tables(handle, "NOT LIKE '%VIEW' AND table_type <> 'SEQUENCE'"));
    return items;
  }

  private static List<String> tables(Handle handle, String type) {
    return handle.createQuery(TABLES.formatted(type)).mapTo(String.class).list().stream()
        .filter(name -> !name.equals(MysqlMarks.SENTINEL) && !name.equals(MysqlMarks.CLAIM))
        .toList();
  }

  private static void add(List<Item> items, String kind, List<String> names) {
    names.forEach(name -> items.add(new Item(kind, name)));
  }

  /**
   * One object; triggers go with their table.
   *
   * @param kind as {@code DROP} takes it
   */
  record Item(String kind, String name) {
    String drop() {
      return "DROP " + kind + " IF EXISTS " + Names.quoted(name);
    }

    @Override
    public String toString() {
      return kind.toLowerCase(Locale.ROOT) + " " + name;
    }
  }
}
