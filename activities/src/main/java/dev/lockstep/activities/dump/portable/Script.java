package dev.lockstep.activities.dump.portable;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements as a changelog in Liquibase's formatted SQL, which Liquibase or psql can run as well.
 *
 * @see <a href="https://docs.liquibase.com/concepts/changelogs/sql-format.html">Formatted SQL</a>
 */
record Script(List<Statement> statements) {
  private static final String FIRST = "--liquibase formatted sql";

  /** The last line: a script without it was cut. */
  private static final String LAST = "-- end";

  private static final Pattern COMMENT = Pattern.compile("--comment (\\d+) lines(?: for (.*))?");

  Script {
    statements = List.copyOf(statements);
  }

  String text() {
    StringBuilder text = new StringBuilder(FIRST + "\n");
    int number = 0;
    for (Statement statement : statements) {
      number++;
      text.append("\n--changeset lockstep:" + number + " splitStatements:false\n");
      text.append("--comment " + statement.sql().split("\n", -1).length + " lines");
      if (!statement.tables().isEmpty()) {
        text.append(" for " + String.join(" ", statement.tables()));
      }
      text.append("\n" + statement.sql() + ";\n");
    }
    return text + LAST + "\n";
  }

  /**
   * Reads it back.
   *
   * @throws ApplicationFailure {@code LOAD_FAILED} where it is cut or something else
   */
  static Script parse(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    if (!lines.get(0).equals(FIRST) || !text.endsWith("\n" + LAST + "\n")) {
      throw Faults.failure(FaultCode.LOAD_FAILED, "the definitions are cut, or no script", "");
    }
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher comment = COMMENT.matcher(lines.get(i));
      if (comment.matches()) {
        int count = Integer.parseInt(comment.group(1));
        String sql = String.join("\n", lines.subList(i + 1, i + 1 + count));
        String tables = comment.group(2);
        statements.add(
            new Statement(
                sql.substring(0, sql.length() - 1),
                tables == null ? List.of() : List.of(tables.split(" "))));
        i += count;
      }
    }
    return new Script(statements);
  }

  /** Only those that a choice of tables needs; everything where the choice is empty. */
  Script of(List<String> choice) {
    List<String> encoded = choice.stream().map(Script::encode).toList();
    return new Script(
        statements.stream()
            .filter(statement -> choice.isEmpty() || encoded.containsAll(statement.tables()))
            .toList());
  }

  /** A table's name as one word. */
  static String encode(String table) {
    return table.replace("%", "%25").replace(" ", "%20").replace("\n", "%0A");
  }

  static String decode(String word) {
    return word.replace("%0A", "\n").replace("%20", " ").replace("%25", "%");
  }

  /**
   * One statement, without semicolon.
   *
   * @param tables all that it needs, encoded; empty: it is loaded always; {@code views} has no
   *     schema, hence is never chosen
   */
  record Statement(String sql, List<String> tables) {
    static Statement of(String sql, String... tables) {
      return new Statement(sql, List.of(tables).stream().map(Script::encode).toList());
    }
  }
}
