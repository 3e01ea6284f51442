package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.CutRows;
import dev.lockstep.activities.dump.place.Running;
import dev.lockstep.activities.stream.PieceInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The rows of one table as {@link RowLines}, a few at a time: neither here nor in the driver is
 * more than that. The end mark comes only behind the server's own end of the result. It holds the
 * snapshot's turn until it is closed.
 */
final class RowStream extends PieceInput implements Running {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** What the driver keeps: a row may have hundreds of megabytes. */
  private static final int ROWS_AT_ONCE = 1;

  private final MysqlSnapshot snapshot;
  private final String table;
  private final int columns;
  private final Runnable check;
  private final LongConsumer counted;
  private final Statement statement;
  private final ResultSet rows;
  private byte[] head;
  private long count;
  private boolean ended;
  private boolean closed;

  /**
   * Begins to read; the caller has the turn.
   *
   * @param check throws where the activity shall stop
   * @param counted told the number of rows at the end
   */
  RowStream(MysqlSnapshot snapshot, RowLines.Head head, Runnable check, LongConsumer counted)
      throws SQLException {
    this.snapshot = snapshot;
    this.table = head.table();
    this.columns = head.columns().size();
    this.check = check;
    this.counted = counted;
    this.head = head.line();
    List<String> expressions = head.forms().stream().map(ColumnForm::expression).toList();
    // Text comes in the character set of its column.
    snapshot.session().execute("SET SESSION character_set_results = NULL");
    this.statement = snapshot.session().connection().createStatement();
    statement.setFetchSize(ROWS_AT_ONCE);
    statement.setEscapeProcessing(false);
    this.rows =
        statement.executeQuery(
            "SELECT " + String.join(", ", expressions) + " FROM " + Names.quoted(table));
  }

  @Override
  protected byte[] next() throws IOException {
    if (head.length > 0) {
      byte[] line = head;
      head = new byte[0];
      return line;
    }
    return ended ? new byte[0] : lines();
  }

  private byte[] lines() throws IOException {
    check.run();
    ByteArrayOutputStream lines = new ByteArrayOutputStream(CHUNK_BYTES);
    try {
      while (lines.size() < CHUNK_BYTES && !ended) {
        if (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            RowLines.write(lines, rows.getBytes(column));
            lines.write(column == columns ? '\n' : '\t');
          }
          count++;
        } else {
          finish();
          lines.writeBytes(RowLines.end(count));
        }
      }
    } catch (SQLException e) {
      check.run();
      throw CutRows.of(table, MysqlFaults.translate(e));
    }
    return lines.toByteArray();
  }

  private void finish() throws SQLException {
    rows.close();
    statement.close();
    snapshot.session().execute("SET SESSION character_set_results = utf8mb4");
    snapshot.leave();
    counted.accept(count);
    ended = true;
  }

  @Override
  public InputStream output() {
    return this;
  }

  /** What was not read to its end cannot be left but by the end of the session. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    if (!ended) {
      snapshot.session().close();
    }
    snapshot.turn().release();
  }
}
