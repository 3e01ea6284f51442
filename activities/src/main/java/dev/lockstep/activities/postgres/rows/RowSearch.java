package dev.lockstep.activities.postgres.rows;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds the first row that an expression fails on, by halves. Only reads. */
final class RowSearch {
  private final WalkedTable table;
  private final String expression;

  RowSearch(WalkedTable table, String expression) {
    this.table = table;
    this.expression = expression;
  }

  /** The key of the row; the last row of the interval where no row fails any more. */
  Key find(Session session, Interval interval) throws SQLException {
    Interval searched = interval;
    long rows = Long.parseLong(session.value(select("count(*)", interval)));
    while (rows > 1) {
      Interval first = searched.endingAt(end(session, searched, (rows + 1) / 2));
      boolean fails = fails(session, first);
      searched = fails ? first : searched.startingAfter(first.upTo());
      rows = fails ? (rows + 1) / 2 : rows / 2;
    }
    return end(session, searched, 1).or(searched::upTo).orElseThrow();
  }

  private boolean fails(Session session, Interval interval) {
    try {
      session.rows(select("count(*) FILTER (WHERE %s)".formatted(expression), interval));
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  private Optional<Key> end(Session session, Interval interval, long rows) throws SQLException {
    String order = " ORDER BY %s OFFSET %s LIMIT 1".formatted(table.ascending(), rows - 1);
    List<String> key = session.values(select(table.keyText(), interval) + order);
    return key.stream().map(Key::parse).findFirst();
  }

  private String select(String what, Interval interval) {
    return "SELECT %s FROM %s WHERE %s".formatted(what, table.reference(), table.within(interval));
  }
}
