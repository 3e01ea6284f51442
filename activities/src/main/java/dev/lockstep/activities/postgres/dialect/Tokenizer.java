package dev.lockstep.activities.postgres.dialect;

import dev.lockstep.activities.postgres.dialect.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL into tokens by PostgreSQL's lexical rules. Never fails: what is not closed reaches to
 * the end.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical
 *     structure</a>
 */
final class Tokenizer {
  private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";

  private final String sql;
  private int at;

  private Tokenizer(String sql) {
    this.sql = sql;
  }

  /** The tokens of {@code sql}; joined they give it back. */
  static List<Token> tokens(String sql) {
    Tokenizer tokenizer = new Tokenizer(sql);
    List<Token> tokens = new ArrayList<>();
    while (tokenizer.at < sql.length()) {
      int start = tokenizer.at;
      Kind kind = tokenizer.read();
      tokens.add(new Token(kind, sql.substring(start, tokenizer.at)));
    }
    return List.copyOf(tokens);
  }

  private Kind read() {
    char first = sql.charAt(at);
    if (Character.isWhitespace(first)) {
      skipWhile(Character::isWhitespace);
      return Kind.SPACE;
    }
    if (sql.startsWith("--", at)) {
      skipWhile(c -> c != '\n');
      return Kind.COMMENT;
    }
    if (sql.startsWith("/*", at)) {
      skipBlockComment();
      return Kind.COMMENT;
    }
    if (first == '\'') {
      skipQuoted('\'', 0);
      return Kind.STRING;
    }
    if (first == '"') {
      skipQuoted('"', 0);
      return Kind.QUOTED;
    }
    if (first == '$') {
      return readDollar();
    }
    if (digit(first) || (first == '.' && digit(peek(1)))) {
      skipNumber();
      return Kind.NUMBER;
    }
    return wordStart(first) ? readWord() : readSymbol();
  }

  private Kind readWord() {
    int start = at;
    skipWhile(c -> wordStart(c) || digit(c) || c == '$');
    String word = sql.substring(start, at);
    boolean prefix = word.length() == 1 && "eEbBxXnN".contains(word);
    if (prefix && peek(0) == '\'') {
      skipQuoted('\'', word.equalsIgnoreCase("e") ? '\\' : 0);
      return Kind.STRING;
    }
    if (word.equalsIgnoreCase("u") && peek(0) == '&' && (peek(1) == '\'' || peek(1) == '"')) {
      at++;
      char quote = peek(0);
      skipQuoted(quote, 0);
      return quote == '"' ? Kind.QUOTED : Kind.STRING;
    }
    return Kind.WORD;
  }

  private Kind readDollar() {
    int start = at;
    at++;
    if (digit(peek(0))) {
      skipWhile(Tokenizer::digit);
      return Kind.PARAMETER;
    }
    skipWhile(c -> wordStart(c) || digit(c));
    if (peek(0) != '$') {
      at = start + 1;
      return Kind.SYMBOL;
    }
    at++;
    String delimiter = sql.substring(start, at);
    int end = sql.indexOf(delimiter, at);
    at = end < 0 ? sql.length() : end + delimiter.length();
    return Kind.STRING;
  }

  private Kind readSymbol() {
    if (sql.startsWith("::", at) || sql.startsWith(":=", at)) {
      at += 2;
    } else if (operator(sql.charAt(at))) {
      while (operator(peek(0)) && !sql.startsWith("--", at) && !sql.startsWith("/*", at)) {
        at++;
      }
    } else {
      at++;
    }
    return Kind.SYMBOL;
  }

  private void skipBlockComment() {
    int depth = 0;
    while (at < sql.length()) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return;
        }
      } else {
        at++;
      }
    }
  }

  private void skipQuoted(char quote, int escape) {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == escape) {
        at = Math.min(at + 2, sql.length());
      } else if (c != quote) {
        at++;
      } else if (peek(1) == quote) {
        at += 2;
      } else {
        at++;
        return;
      }
    }
  }

  private void skipNumber() {
    skipWhile(c -> digit(c) || c == '.' || c == '_');
    boolean exponent = peek(0) == 'e' || peek(0) == 'E';
    int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (exponent && digit(peek(1 + sign))) {
      at += 1 + sign;
      skipWhile(Tokenizer::digit);
    }
  }

  private void skipWhile(Test test) {
    while (at < sql.length() && test.holds(sql.charAt(at))) {
      at++;
    }
  }

  /** The character at that distance, or NUL, which SQL cannot contain, after the end. */
  private char peek(int distance) {
    return at + distance < sql.length() ? sql.charAt(at + distance) : 0;
  }

  private static boolean operator(char c) {
    return c != 0 && OPERATOR_CHARACTERS.indexOf(c) >= 0;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean wordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private interface Test {
    boolean holds(char c);
  }
}
