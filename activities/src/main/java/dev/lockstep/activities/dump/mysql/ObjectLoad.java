package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.mysql.ObjectScript.Item;
import dev.lockstep.activities.dump.mysql.ObjectScript.Kind;
import dev.lockstep.activities.dump.mysql.ObjectScript.Setting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects. Tables may refer to each other in any order, since no foreign key is looked at;
 * views may not: those that fail are tried again as long as others succeed.
 */
record ObjectLoad(OwnSession session) {
  private static final List<String> SETTINGS =
      List.of("SET SESSION foreign_key_checks = 0", "SET SESSION sql_mode = ''");

  void make(List<Item> items) throws SQLException {
    session.execute(SETTINGS);
    makeAll(items.stream().filter(item -> item.kind() == Kind.TABLE).toList());
    makeAll(items.stream().filter(item -> routine(item.kind())).toList());
    makeViews(items.stream().filter(item -> item.kind() == Kind.VIEW).toList());
    makeAll(items.stream().filter(item -> item.kind() == Kind.TRIGGER).toList());
    makeAll(items.stream().filter(item -> item.kind() == Kind.EVENT).toList());
  }

  private static boolean routine(Kind kind) {
    return kind == Kind.FUNCTION || kind == Kind.PROCEDURE;
  }

  private void makeAll(List<Item> items) throws SQLException {
    for (Item item : items) {
      make(item);
    }
  }

  private void makeViews(List<Item> views) throws SQLException {
    List<Item> left = views;
    while (!left.isEmpty()) {
      List<Item> failed = new ArrayList<>();
      @Nullable SQLException reason = null;
      for (Item view : left) {
        try {
          make(view);
        } catch (SQLException e) {
          failed.add(view);
          reason = e;
        }
      }
      if (reason != null && failed.size() == left.size()) {
        throw reason;
      }
      left = failed;
    }
  }

  private void make(Item item) throws SQLException {
    Setting setting = item.setting();
    session.execute("SET SESSION sql_mode = " + OwnSession.quoted(setting.sqlMode()));
    if (!setting.collation().isEmpty()) {
      session.execute(
          "SET SESSION collation_connection = " + OwnSession.quoted(setting.collation()));
    }
    if (!setting.timeZone().isEmpty()) {
      session.execute("SET SESSION time_zone = " + OwnSession.quoted(setting.timeZone()));
    }
    session.execute(item.sql());
  }
}
