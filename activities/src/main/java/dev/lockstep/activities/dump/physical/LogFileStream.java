package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.CutRows;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.stream.PieceInput;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the log, read by the server in slices and sent as they are. It ends only where the file
 * has its whole length and begins as it must.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
 */
final class LogFileStream extends PieceInput {
  private static final Logger LOG = LoggerFactory.getLogger(LogFileStream.class);
  private static final int SLICE_BYTES = 1 << 20;

  /** Signature, flags and length of an extension that there is none of. */
  private static final int SIGNATURE_BYTES = 19;

  private final Handle handle;
  private final LogFile file;
  private final Runnable check;
  private final DataInputStream rows;
  private long read;
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param handle closed with the stream
   * @param check throws where the activity shall stop
   */
  LogFileStream(Handle handle, LogFile file, Runnable check) throws IOException {
    this.handle = handle;
    this.file = file;
    this.check = check;
    try {
      PGConnection session = handle.getConnection().unwrap(PGConnection.class);
      this.rows = new DataInputStream(new PGCopyInputStream(session, sql(file)));
      rows.skipNBytes(SIGNATURE_BYTES);
    } catch (SQLException | IOException e) {
      handle.close();
      throw cut(PostgresFaults.translate(e, ""));
    }
  }

  /** The name has digits and letters alone. */
  private static String sql(LogFile file) {
    return """
    COPY (SELECT pg_read_binary_file('pg_wal/%s', slice, %d, true)
          FROM generate_series(0, %d, %d) AS slice) TO STDOUT (FORMAT binary)
    """
        .formatted(file.name(), SLICE_BYTES, file.segmentBytes() - 1, SLICE_BYTES);
  }

  @Override
  protected byte[] next() throws IOException {
    check.run();
    try {
      byte[] piece = row();
      if (read == 0 || piece.length == 0) {
        compare(piece);
      }
      read += piece.length;
      return piece;
    } catch (IOException e) {
      check.run();
      throw cut(PostgresFaults.translate(e, ""));
    } catch (ApplicationFailure e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  /** Empty where there is no other: then the copy was read to its end, and the session is free. */
  private byte[] row() throws IOException {
    if (rows.readShort() == 1) {
      return rows.readNBytes(Math.max(0, rows.readInt()));
    }
    rows.transferTo(OutputStream.nullOutputStream());
    ended = true;
    return new byte[0];
  }

  private void compare(byte[] piece) {
    if (read == 0) {
      file.difference(piece)
          .ifPresent(
              what -> {
                throw wrong(what);
              });
    }
    if (piece.length == 0 && read != file.segmentBytes()) {
      throw wrong("has " + read + " bytes");
    }
  }

  private ApplicationFailure wrong(String what) {
    return Faults.failure(
        FaultCode.DUMP_FAILED, "the file " + file.name() + " of the log " + what, "");
  }

  private IOException cut(ApplicationFailure told) {
    return CutRows.of(file.name(), told);
  }

  /** A copy that was not read to its end would stay in the session: that is ended with it. */
  @Override
  public void close() throws IOException {
    try (handle) {
      if (ended) {
        rows.close();
      } else {
        handle.getConnection().unwrap(PgConnection.class).abort(Runnable::run);
      }
    } catch (SQLException | JdbiException e) {
      LOG.debug("a session that is gone already", e);
    }
  }
}
