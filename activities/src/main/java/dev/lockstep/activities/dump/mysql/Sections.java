package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.stream.PieceInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dump without what is not to be loaded: the line that puts newer clients into their sandbox
 * (older ones stop at it; the client's own commands are off anyway), and, where tables are chosen,
 * all other objects. What is left out becomes line breaks, so that the length stays what it was: a
 * program in a pod is told beforehand how many bytes come.
 *
 * <p>Only lines of the program's own count: it writes no line break inside a value, and bodies of
 * routines come in sections that are not chosen.
 */
final class Sections extends PieceInput {
  /** Longer lines are data; they are passed on in pieces. */
  private static final int PIECE = 64 * 1024;

  private static final String SANDBOX = "/*M!999999\\- enable the sandbox mode */";

  private static final Pattern HEADING =
      Pattern.compile(
          "-- (?:(?:Table structure|Sequence structure|Dumping data|Temporary (?:table|view) structure|"
              + "Final view structure) for (?:table|view) |Sequence structure for )`(.*)`\\s*");

  private static final Pattern DATABASE =
      Pattern.compile("-- (?:Current Database: `(.*)`|Host: .*    Database: (.*))\\s*");

  private static final Pattern OTHER =
      Pattern.compile("-- (?:Dumping events|Dumping routines|Insufficient privileges) .*\\s*");
  private static final Pattern FOOTER =
      Pattern.compile("/\\*!40103 SET TIME_ZONE=@OLD_TIME_ZONE \\*/;\\s*");

  private final InputStream source;
  private final Set<String> chosen;
  private boolean inLine;
  private boolean wanted = true;
  private boolean lineWanted = true;
  private String database = "";

  /**
   * Filters a dump.
   *
   * @param tables the only ones beside the sentinel, each {@code database.table}, or the table
   *     alone, of whichever database; empty: everything
   */
  Sections(InputStream in, List<String> tables) {
    this.source = new BufferedInputStream(in, PIECE);
    this.chosen = new HashSet<>(tables);
  }

  /** The next line or piece of one; line breaks where it is not wanted. */
  @Override
  protected byte[] next() throws IOException {
    byte[] read = readPiece();
    boolean complete = read.length > 0 && read[read.length - 1] == '\n';
    if (!inLine) {
      lineWanted = judge(read);
    }
    inLine = !complete;
    if (!lineWanted) {
      Arrays.fill(read, (byte) '\n');
    }
    return read;
  }

  private byte[] readPiece() throws IOException {
    byte[] line = new byte[PIECE];
    int length = 0;
    while (length < PIECE) {
      int next = source.read();
      if (next < 0) {
        break;
      }
      line[length++] = (byte) next;
      if (next == '\n') {
        break;
      }
    }
    return Arrays.copyOf(line, length);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private boolean judge(byte[] line) {
    boolean own = line.length > 2 && ((line[0] == '-' && line[1] == '-') || line[0] == '/');
    String text = own ? new String(line, StandardCharsets.UTF_8) : "";
    if (text.startsWith(SANDBOX)) {
      return false;
    }
    if (!chosen.isEmpty() && own) {
      turn(text);
    }
    return wanted;
  }

  private void turn(String line) {
    Matcher heading = HEADING.matcher(line);
    Matcher current = DATABASE.matcher(line);
    if (current.matches()) {
      database = current.group(1) == null ? current.group(2).strip() : current.group(1);
      wanted = true;
    } else if (heading.matches()) {
      wanted =
          chosen.contains(database + "." + heading.group(1))
              || chosen.contains(heading.group(1))
              || heading.group(1).equals(MysqlMarks.SENTINEL);
    } else if (OTHER.matcher(line).matches()) {
      wanted = false;
    } else if (FOOTER.matcher(line).matches()) {
      wanted = true;
    }
  }
}
