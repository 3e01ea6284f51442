package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.mysql.ObjectScript.Item;
import dev.lockstep.activities.dump.mysql.ObjectScript.Kind;
import dev.lockstep.activities.dump.mysql.ObjectScript.Setting;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the definitions of the current database, in the words of {@code SHOW CREATE}. */
final class ObjectReader {
  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = database()"
          + " AND table_type = 'BASE TABLE' AND table_name <> '"
          + MysqlMarks.CLAIM
          + "' ORDER BY 1";

  private static final String VIEWS =
      "SELECT table_name FROM information_schema.views WHERE table_schema = database() ORDER BY 1";

  private static final String ROUTINES =
      "SELECT routine_name FROM information_schema.routines"
          + " WHERE routine_schema = database() AND routine_type = ? ORDER BY 1";

  /** Several of one table are called in the order in which they are made. */
  private static final String TRIGGERS =
      "SELECT trigger_name, event_object_table FROM information_schema.triggers"
          + " WHERE trigger_schema = database()"
          + " ORDER BY event_object_table, action_timing, event_manipulation, action_order";

  private static final String EVENTS =
      "SELECT event_name FROM information_schema.events WHERE event_schema = database() ORDER BY 1";

  private final Handle handle;

  ObjectReader(Handle handle) {
    this.handle = handle;
  }

  /**
   * Tables.
   *
   * @param chosen the only ones beside the sentinel; empty: all
   */
  List<Item> tables(List<String> chosen) throws SQLException {
    List<Item> items = new ArrayList<>();
    for (String table : list(TABLES)) {
      if (chosen.isEmpty() || chosen.contains(table) || table.equals(MysqlMarks.SENTINEL)) {
        items.add(read(Kind.TABLE, table, table));
      }
    }
    return items;
  }

  /** Everything that comes after the rows. */
  List<Item> others() throws SQLException {
    List<Item> items = new ArrayList<>();
    for (Kind kind : List.of(Kind.FUNCTION, Kind.PROCEDURE)) {
      for (String name : handle.select(ROUTINES, kind.name()).mapTo(String.class).list()) {
        items.add(read(kind, name, ""));
      }
    }
    for (String name : list(VIEWS)) {
      items.add(read(Kind.VIEW, name, ""));
    }
    for (String[] pair : triggers()) {
      items.add(read(Kind.TRIGGER, pair[0], pair[1]));
    }
    for (String name : list(EVENTS)) {
      items.add(read(Kind.EVENT, name, ""));
    }
    return items;
  }

  /** Each with its table. */
  private List<String[]> triggers() {
    return handle
        .createQuery(TRIGGERS)
        .map((row, context) -> new String[] {row.getString(1), row.getString(2)})
        .list();
  }

  private List<String> list(String query) {
    return handle.createQuery(query).mapTo(String.class).list();
  }

  private Item read(Kind kind, String name, String table) throws SQLException {
    Columns columns = Columns.of(kind);
    // A name may hold what JDBI takes for a parameter.
    try (Statement statement = handle.getConnection().createStatement();
        ResultSet row = statement.executeQuery("SHOW CREATE " + kind + " " + Names.quoted(name))) {
      row.next();
      Setting setting =
          new Setting(
              columns.read(row, columns.mode()),
              columns.read(row, columns.collation()),
              columns.read(row, columns.zone()));
      return new Item(kind, name, table, setting, shown(kind, name, row.getString(columns.sql())));
    }
  }

  private static String shown(Kind kind, String name, @Nullable String sql) {
    if (sql == null) {
      throw Faults.failure(
          FaultCode.PRIVILEGE_MISSING,
          "the user may not see the definition of %s %s: it needs SELECT on mysql.* or to be its"
                  .formatted(kind.name().toLowerCase(Locale.ROOT), name)
              + " definer",
          "");
    }
    return sql;
  }

  /**
   * Where {@code SHOW CREATE} has what, from 1; 0: nowhere.
   *
   * @see <a href="https://dev.mysql.com/doc/refman/9.4/en/show.html">MySQL</a>
   */
  private record Columns(int sql, int mode, int collation, int zone) {
    static Columns of(Kind kind) {
      return switch (kind) {
        case TABLE -> new Columns(2, 0, 0, 0);
        case VIEW -> new Columns(2, 0, 4, 0);
        case FUNCTION, PROCEDURE, TRIGGER -> new Columns(3, 2, 5, 0);
        case EVENT -> new Columns(4, 2, 6, 3);
      };
    }

    String read(ResultSet row, int column) throws SQLException {
      @Nullable String text = column == 0 ? null : row.getString(column);
      return text == null ? "" : text;
    }
  }
}
