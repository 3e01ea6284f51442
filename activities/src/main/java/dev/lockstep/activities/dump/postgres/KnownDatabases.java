package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.stream.PieceInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pg_dumpall wrote of the databases, without making those that are there already: the start of
 * a new server makes some. Nor does it set what an older server does not know. Such a statement
 * becomes a comment of the same length. Rows between {@code COPY} and {@code \.} are passed as they
 * are, however long.
 */
final class KnownDatabases extends PieceInput {
  /** The form in which pg_dumpall writes it, on one line. */
  private static final Pattern CREATE =
      Pattern.compile(
          "CREATE DATABASE (?:\"(?<quoted>(?:[^\"]|\"\")+)\"|(?<plain>\\S+))"
              + " WITH TEMPLATE = template0 .*;\\R?",
          Pattern.DOTALL);

  /** Settings stand at the start of the script of each database, before everything else. */
  private static final Pattern SETTING = Pattern.compile("SET (?<name>\\w+) = .*;\\R?");

  private static final Pattern START =
      Pattern.compile(
          "(?:--.*|SET .*|SELECT pg_catalog\\.set_config.*|\\\\.*)?\\R?", Pattern.DOTALL);

  /** More than the longest name and locale. */
  private static final int LONGEST_STATEMENT = 4096;

  private final InputStream source;
  private final Set<String> there;
  private final Set<String> unknown;
  private final Set<String> options;
  private boolean lineGoesOn;
  private boolean rows;
  private boolean start = true;

  /**
   * Reads through.
   *
   * @param source buffered
   * @param there names of the databases that are there
   * @param unknown names of settings that the server does not know
   * @param options of {@code CREATE DATABASE}, that it does not know either
   */
  KnownDatabases(InputStream source, Set<String> there, Set<String> unknown, Set<String> options) {
    this.source = source;
    this.there = there;
    this.unknown = unknown;
    this.options = options;
  }

  /** The next line, or a part of it. */
  @Override
  protected byte[] next() throws IOException {
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
    start = begins(text) || (start && START.matcher(text).matches());
    Matcher create = CREATE.matcher(text);
    boolean makes = create.matches();
    if ((makes && there.contains(name(create))) || (start && setsUnknown(text))) {
      line[0] = '-';
      line[1] = '-';
    }
    return makes ? withoutOptions(line) : line;
  }

  /** A script of pg_dump, which says so, or what it does in a database that it has just made. */
  private static boolean begins(String text) {
    return text.startsWith("\\connect ") || text.equals("-- PostgreSQL database dump\n");
  }

  /** Spaces take the place of each, byte by byte. */
  private byte[] withoutOptions(byte[] line) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    for (String option : options) {
      text = text.replace(option, " ".repeat(option.length()));
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private boolean setsUnknown(String text) {
    Matcher setting = SETTING.matcher(text);
    return setting.matches() && unknown.contains(setting.group("name"));
  }

  private static String name(Matcher create) {
    String quoted = create.group("quoted");
    return quoted == null ? create.group("plain") : quoted.replace("\"\"", "\"");
  }
}
