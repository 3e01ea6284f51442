package dev.lockstep.activities.dump.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pg_dumpall wrote of the databases, without making those that are there already: the start of
 * a new server makes some. Such a statement becomes a comment of the same length. Rows between
 * {@code COPY} and {@code \.} are passed as they are, however long.
 */
final class KnownDatabases extends InputStream {
  /** The form in which pg_dumpall writes it, on one line. */
  private static final Pattern CREATE =
      Pattern.compile(
          "CREATE DATABASE (?:\"(?<quoted>(?:[^\"]|\"\")+)\"|(?<plain>\\S+))"
              + " WITH TEMPLATE = template0 .*;\\R?",
          Pattern.DOTALL);

  /** More than the longest name and locale. */
  private static final int LONGEST_STATEMENT = 4096;

  private final InputStream source;
  private final Set<String> there;
  private InputStream head = new ByteArrayInputStream(new byte[0]);
  private boolean lineGoesOn;
  private boolean rows;

  /**
   * Reads through.
   *
   * @param source buffered
   * @param there names of the databases that are there
   */
  KnownDatabases(InputStream source, Set<String> there) {
    this.source = source;
    this.there = there;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = head.read(into, offset, length);
    if (count > 0 || length == 0) {
      return Math.max(count, 0);
    }
    byte[] next = piece();
    if (next.length == 0) {
      return -1;
    }
    head = new ByteArrayInputStream(next);
    return head.read(into, offset, length);
  }

  /** The next line, or a part of it. */
  private byte[] piece() throws IOException {
    boolean begins = !lineGoesOn;
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    lineGoesOn = true;
    while (piece.size() < LONGEST_STATEMENT && lineGoesOn) {
      int next = source.read();
      if (next < 0) {
        break;
      }
      piece.write(next);
      lineGoesOn = next != '\n';
    }
    byte[] bytes = piece.toByteArray();
    return begins ? judged(bytes) : bytes;
  }

  private byte[] judged(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    if (rows) {
      rows = !text.equals("\\.\n");
      return line;
    }
    rows = text.startsWith("COPY ");
    Matcher create = CREATE.matcher(text);
    if (create.matches() && there.contains(name(create))) {
      line[0] = '-';
      line[1] = '-';
    }
    return line;
  }

  private static String name(Matcher create) {
    String quoted = create.group("quoted");
    return quoted == null ? create.group("plain") : quoted.replace("\"\"", "\"");
  }
}
