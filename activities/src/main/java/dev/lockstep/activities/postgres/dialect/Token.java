package dev.lockstep.activities.postgres.dialect;

import java.util.Optional;

/**
 * A piece of SQL. The texts of all tokens, one after the other, are the SQL again.
 *
 * @param text as written
 */
record Token(Kind kind, String text) {
  /** What a piece is. */
  enum Kind {
    /** White space. */
    SPACE,
    /** A comment, with its delimiters. */
    COMMENT,
    /** A keyword or an identifier without quotes. */
    WORD,
    /** An identifier in double quotes. */
    QUOTED,
    /** A string constant of any kind. */
    STRING,
    /** A number. */
    NUMBER,
    /** A parameter, such as {@code $1}. */
    PARAMETER,
    /** An operator, a bracket or a separator. */
    SYMBOL
  }

  /** Whether the server ignores it. */
  boolean blank() {
    return kind == Kind.SPACE || kind == Kind.COMMENT;
  }

  /** Whether it is that keyword, given in upper case. */
  boolean isWord(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  /** Whether it is that symbol. */
  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** The name as the catalogue stores it, where this can be a name. */
  Optional<String> name() {
    return switch (kind) {
      case WORD -> Optional.of(folded());
      case QUOTED ->
          text.startsWith("\"") && text.length() > 1
              ? Optional.of(text.substring(1, text.length() - 1).replace("\"\"", "\""))
              : Optional.empty();
      case SPACE, COMMENT, STRING, NUMBER, PARAMETER, SYMBOL -> Optional.empty();
    };
  }

  /** As the server folds it: ASCII letters only. */
  private String folded() {
    StringBuilder folded = new StringBuilder(text.length());
    text.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    return folded.toString();
  }
}
