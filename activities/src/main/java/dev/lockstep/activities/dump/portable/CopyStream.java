package dev.lockstep.activities.dump.portable;

import dev.lockstep.activities.dump.CutRows;
import dev.lockstep.activities.dump.place.Running;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.stream.PieceInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows of a table as psql takes them: which table, the COPY statement, a line a row, the end mark.
 * The mark comes only behind the server's own end of the copy.
 */
final class CopyStream extends PieceInput implements Running {
  /** The last line. */
  static final String END = "\\.\n";

  /** Begins the first line; the name is encoded as in {@link Script}. */
  static final String TABLE = "--table ";

  private static final int CHUNK_BYTES = 64 * 1024;

  private final Snapshot snapshot;
  private final Snapshot.Table table;
  private final Runnable check;
  private final LongConsumer counted;
  private final CopyOut copy;
  private byte[] heading;
  private volatile boolean ended;

  /**
   * Begins to copy.
   *
   * @param snapshot closed with the stream
   * @param check throws where the activity shall stop
   * @param counted told the number of rows at the end
   */
  CopyStream(Snapshot snapshot, Snapshot.Table table, Runnable check, LongConsumer counted)
      throws SQLException {
    this.snapshot = snapshot;
    this.table = table;
    this.check = check;
    this.counted = counted;
    this.heading =
        (TABLE + Script.encode(table.qualified()) + "\n" + table.copy() + " FROM stdin;\n")
            .getBytes(StandardCharsets.UTF_8);
    this.copy =
        snapshot
            .handle()
            .getConnection()
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(table.copy() + " TO STDOUT");
  }

  /** First what is to be loaded, then the rows. */
  @Override
  protected byte[] next() throws IOException {
    byte[] begin = heading;
    heading = new byte[0];
    return begin.length > 0 || ended ? begin : rows();
  }

  private byte[] rows() throws IOException {
    check.run();
    ByteArrayOutputStream rows = new ByteArrayOutputStream(CHUNK_BYTES);
    try {
      while (rows.size() < CHUNK_BYTES && !ended) {
        byte @Nullable [] row = copy.readFromCopy();
        if (row == null) {
          ended = true;
          counted.accept(copy.getHandledRowCount());
          rows.write(END.getBytes(StandardCharsets.US_ASCII));
        } else {
          rows.write(row);
        }
      }
    } catch (SQLException e) {
      check.run();
      throw CutRows.of(table.qualified(), PostgresFaults.translate(e, ""));
    }
    return rows.toByteArray();
  }

  @Override
  public InputStream output() {
    return this;
  }

  @Override
  public void close() {
    if (ended) {
      snapshot.close();
    } else {
      snapshot.abort();
    }
  }
}
