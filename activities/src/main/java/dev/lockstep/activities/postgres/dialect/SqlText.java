package dev.lockstep.activities.postgres.dialect;

import java.util.List;
import java.util.Optional;

/** Looks at SQL that people wrote, before it becomes part of a statement. */
public final class SqlText {
  private static final List<String> NOT_IN_TYPES =
      List.of("NULL", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "CONSTRAINT");

  private SqlText() {}

  /**
   * What keeps the text from being one expression that can stand in brackets; empty where nothing
   * does. Whether it means something only the server knows.
   */
  public static Optional<String> flaw(String sql) {
    List<Token> tokens = Tokenizer.tokens(sql + "\n");
    if (tokens.stream().allMatch(Token::blank)) {
      return Optional.of("there is no expression");
    }
    // What is not closed swallows the line end.
    if (tokens.get(tokens.size() - 1).kind() != Token.Kind.SPACE) {
      return Optional.of("a string, a quoted name or a comment is not closed");
    }
    if (tokens.stream().anyMatch(token -> token.isSymbol(";"))) {
      return Optional.of("a semicolon is not possible in an expression");
    }
    return balanced(tokens) ? Optional.empty() : Optional.of("brackets do not match");
  }

  /** What keeps the text from being written where a column's type stands. */
  public static Optional<String> typeFlaw(String type) {
    List<Token> tokens = Tokenizer.tokens(type);
    boolean more =
        tokens.stream().anyMatch(token -> NOT_IN_TYPES.stream().anyMatch(token::isWord))
            || listed(tokens);
    return flaw(type)
        .or(() -> more ? Optional.of("\"" + type + "\" is more than a type") : Optional.empty());
  }

  /** The text with whatever a comment at its end needs before a bracket may follow. */
  public static String closed(String sql) {
    return sql.contains("--") ? sql + "\n" : sql;
  }

  /** Whether there is a comma outside of brackets. */
  private static boolean listed(List<Token> tokens) {
    int depth = 0;
    for (Token token : tokens) {
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      if (depth == 0 && token.isSymbol(",")) {
        return true;
      }
    }
    return false;
  }

  private static boolean balanced(List<Token> tokens) {
    StringBuilder open = new StringBuilder();
    for (Token token : tokens) {
      int closing = token.isSymbol(")") ? '(' : token.isSymbol("]") ? '[' : 0;
      if (token.isSymbol("(") || token.isSymbol("[")) {
        open.append(token.text());
      } else if (closing != 0) {
        int last = open.length() - 1;
        if (last < 0 || open.charAt(last) != closing) {
          return false;
        }
        open.setLength(last);
      }
    }
    return open.isEmpty();
  }
}
