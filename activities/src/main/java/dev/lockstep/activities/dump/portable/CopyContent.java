package dev.lockstep.activities.dump.portable;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The bytes of a {@link CopyStream}, on their way back. */
final class CopyContent {
  private static final Pattern STATEMENT = Pattern.compile("(COPY \".*) FROM stdin;");
  private static final int CHUNK_BYTES = 64 * 1024;

  /** Names of 1,600 columns of 63 characters of four bytes, each in quotes. */
  private static final int LINE_BYTES = 1 << 20;

  private final String table;
  private final String statement;
  private final long rowBytes;
  private final InputStream content;
  private @Nullable Exception broken;

  private CopyContent(String table, String statement, long rowBytes, InputStream content) {
    this.table = table;
    this.statement = statement;
    this.rowBytes = rowBytes;
    this.content = content;
  }

  /**
   * Reads the first two lines.
   *
   * @param bytes of all
   * @throws ApplicationFailure {@code LOAD_FAILED} where they are no such lines
   */
  static CopyContent begin(String name, long bytes, InputStream content) throws IOException {
    byte[] first = line(content);
    byte[] second = line(content);
    String table = new String(first, StandardCharsets.UTF_8);
    Matcher copy = STATEMENT.matcher(new String(second, StandardCharsets.UTF_8));
    long rows = bytes - first.length - second.length - 2 - CopyStream.END.length();
    if (!table.startsWith(CopyStream.TABLE) || !copy.matches() || rows < 0) {
      throw Faults.failure(FaultCode.LOAD_FAILED, name + " holds no rows of a table", "");
    }
    String decoded = Script.decode(table.substring(CopyStream.TABLE.length()));
    return new CopyContent(decoded, copy.group(1), rows, content);
  }

  private static byte[] line(InputStream content) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = content.read(); next >= 0 && next != '\n'; next = content.read()) {
      if (line.size() < LINE_BYTES) {
        line.write(next);
      }
    }
    return line.toByteArray();
  }

  String table() {
    return table;
  }

  /**
   * Copies the rows; not before the end mark has been seen do they count. Where the content breaks
   * off, {@link #broken()} has what it threw.
   *
   * @return how many there were
   */
  long copyInto(Connection connection, Runnable alive) throws SQLException {
    CopyIn copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement + " FROM STDIN");
    try {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (long left = rowBytes; left > 0; ) {
        alive.run();
        int read = read(chunk, (int) Math.min(left, CHUNK_BYTES));
        copy.writeToCopy(chunk, 0, read);
        left -= read;
      }
      byte[] end = new byte[CopyStream.END.length() + 1];
      int read = read(end, end.length);
      if (!new String(end, 0, read, StandardCharsets.UTF_8).equals(CopyStream.END)) {
        throw Faults.failure(
            FaultCode.LOAD_FAILED, "the rows of " + table + " have no end mark", "");
      }
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** At least one byte. */
  private int read(byte[] bytes, int length) {
    try {
      int read = content.readNBytes(bytes, 0, length);
      if (read == 0) {
        throw new IOException("the rows of " + table + " are cut");
      }
      return read;
    } catch (IOException | RuntimeException e) {
      broken = e;
      throw new IllegalStateException("the rows of " + table + " broke off", e);
    }
  }

  /** What the content threw; absent: nothing. */
  @Nullable Exception broken() {
    return broken;
  }
}
