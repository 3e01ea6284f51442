package dev.lockstep.definitions.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of statements that a person wrote: without comments and without what strings and quoted
 * names hold, every space one blank.
 */
public final class SqlStatements {
  /** What is no word; a body in dollars, a string, a quoted name, two forms of comment. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?s)(?<tag>\\$[A-Za-z_]?[A-Za-z_0-9]*\\$)(?<body>.*?)\\k<tag>"
              + "|[eE]'(?:[^'\\\\]++|\\\\.)*+'|'[^']*+'|\"[^\"]*+\"|--[^\n]*|/\\*.*?\\*/");

  /** The body of a function as SQL writes it. */
  private static final Pattern BODY = Pattern.compile("(?i)\\bBEGIN ATOMIC\\b.*\\bEND\\b");

  private SqlStatements() {}

  /** Each statement by itself. */
  public static List<String> of(String sql) {
    return split(words(sql, new ArrayList<>()));
  }

  /** Each statement, and each in the body of a DO, which runs at once as well. */
  public static List<String> withBodies(String sql) {
    List<String> bodies = new ArrayList<>();
    List<String> statements = new ArrayList<>(split(words(sql, bodies)));
    if (statements.stream().anyMatch(s -> s.toUpperCase(Locale.ROOT).startsWith("DO "))) {
      bodies.forEach(body -> statements.addAll(of(body)));
    }
    return statements;
  }

  private static String words(String sql, List<String> bodies) {
    StringBuilder words = new StringBuilder();
    Matcher quoted = QUOTED.matcher(sql);
    int from = 0;
    while (quoted.find()) {
      words.append(sql, from, quoted.start()).append(standIn(quoted, bodies));
      from = quoted.end();
    }
    String plain = words.append(sql, from, sql.length()).toString().replaceAll("\\s+", " ");
    return BODY.matcher(plain).replaceAll("");
  }

  private static String standIn(Matcher quoted, List<String> bodies) {
    if (quoted.group("tag") != null) {
      bodies.add(quoted.group("body"));
      return "$$";
    }
    return switch (quoted.group().charAt(0)) {
      case '-', '/' -> " ";
      case '"' -> "\"\"";
      default -> "''";
    };
  }

  private static List<String> split(String words) {
    return Arrays.stream(words.split(";", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }
}
