package dev.lockstep.activities.dump.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits what pg_dump and pg_restore write into statements, without their semicolons, comments
 * between them and psql's commands. Rows are no part of it.
 */
final class SqlStatements {
  /** One piece that a semicolon in it does not end; the last one is any other character. */
  private static final Pattern PIECE =
      Pattern.compile(
          "--[^\\n]*"
              + "|(?<![A-Za-z0-9_])[eE]'[^'\\\\]*+(?:(?:''|\\\\.)[^'\\\\]*+)*+'"
              + "|'[^']*+(?:''[^']*+)*+'"
              + "|\"[^\"]*+(?:\"\"[^\"]*+)*+\""
              + "|(\\$[A-Za-z_\\x80-\\uffff]*[A-Za-z0-9_\\x80-\\uffff]*\\$)"
              + "|;"
              + "|[^;'\"$eE-]++"
              + "|.",
          Pattern.DOTALL);

  private static final Pattern COMMAND = Pattern.compile("(?m)^\\\\.*$");

  private SqlStatements() {}

  /** In their order. */
  static List<String> of(String script) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    Matcher piece = PIECE.matcher(script);
    int at = 0;
    while (at < script.length() && piece.find(at)) {
      at = end(script, piece);
      String text = script.substring(piece.start(), at);
      if (text.equals(";")) {
        add(statements, statement);
      } else if (!text.startsWith("--")) {
        statement.append(text);
      }
    }
    add(statements, statement);
    return statements;
  }

  private static int end(String script, Matcher piece) {
    String dollar = piece.group(1);
    if (dollar == null) {
      return piece.end();
    }
    int close = script.indexOf(dollar, piece.end());
    return close < 0 ? script.length() : close + dollar.length();
  }

  private static void add(List<String> statements, StringBuilder statement) {
    String text = COMMAND.matcher(statement).replaceAll("").strip();
    statement.setLength(0);
    if (!text.isEmpty()) {
      statements.add(text);
    }
  }
}
