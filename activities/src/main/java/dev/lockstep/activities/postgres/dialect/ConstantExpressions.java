package dev.lockstep.activities.postgres.dialect;

import dev.lockstep.activities.postgres.dialect.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises expressions that PostgreSQL evaluates once when it adds a column: constants, casts of
 * them, the time of the transaction, and arithmetic over these. Whatever else stands there counts
 * as evaluated once a row, which costs time but is never wrong.
 */
final class ConstantExpressions {
  private static final Set<String> WORDS =
      Set.of(
          "true",
          "false",
          "null",
          "current_timestamp",
          "current_date",
          "current_time",
          "localtimestamp",
          "localtime",
          "array",
          "interval",
          "date",
          "timestamp",
          "timestamptz",
          "time",
          "with",
          "without",
          "zone",
          "at");

  private static final Set<String> FUNCTIONS =
      Set.of("now", "transaction_timestamp", "statement_timestamp");
  private static final Set<String> TYPE_WORDS =
      Set.of("varying", "precision", "with", "without", "time", "zone");
  private static final Set<String> SYMBOLS =
      Set.of("(", ")", "[", "]", ",", "+", "-", "*", "/", "||", "::", ".");

  private ConstantExpressions() {}

  /** Whether the expression is one of those. */
  static boolean constant(String expression) {
    List<Token> tokens =
        Tokenizer.tokens(expression).stream().filter(token -> !token.blank()).toList();
    int place = 0;
    while (place < tokens.size()) {
      Token token = tokens.get(place);
      if (token.isSymbol("::")) {
        place = afterType(tokens, place + 1);
      } else if (allowed(tokens, place)) {
        place++;
      } else {
        return false;
      }
    }
    return !tokens.isEmpty();
  }

  private static boolean allowed(List<Token> tokens, int place) {
    Token token = tokens.get(place);
    return switch (token.kind()) {
      case STRING, NUMBER -> true;
      case SYMBOL -> SYMBOLS.contains(token.text());
      case WORD -> word(tokens, place, token.text().toLowerCase(Locale.ROOT));
      case QUOTED, PARAMETER, SPACE, COMMENT -> false;
    };
  }

  private static boolean word(List<Token> tokens, int place, String word) {
    boolean called = place + 1 < tokens.size() && tokens.get(place + 1).isSymbol("(");
    boolean catalogue =
        word.equals("pg_catalog")
            && place + 1 < tokens.size()
            && tokens.get(place + 1).isSymbol(".");
    return FUNCTIONS.contains(word) ? called : catalogue || WORDS.contains(word);
  }

  /** Skips a type: names with dots, a modifier, words such as VARYING, and brackets of an array. */
  private static int afterType(List<Token> tokens, int start) {
    int place = start + 1;
    while (symbol(tokens, place, ".")) {
      place += 2;
    }
    place = afterTypeWords(tokens, place);
    if (symbol(tokens, place, "(")) {
      place = afterClosing(tokens, place, ")");
      place = afterTypeWords(tokens, place);
    }
    while (symbol(tokens, place, "[")) {
      place = afterClosing(tokens, place, "]");
    }
    return place;
  }

  private static int afterTypeWords(List<Token> tokens, int start) {
    int place = start;
    while (place < tokens.size()
        && tokens.get(place).kind() == Kind.WORD
        && TYPE_WORDS.contains(tokens.get(place).text().toLowerCase(Locale.ROOT))) {
      place++;
    }
    return place;
  }

  private static int afterClosing(List<Token> tokens, int start, String bracket) {
    int place = start;
    while (place < tokens.size() && !tokens.get(place).isSymbol(bracket)) {
      place++;
    }
    return place + 1;
  }

  private static boolean symbol(List<Token> tokens, int place, String symbol) {
    return place < tokens.size() && tokens.get(place).isSymbol(symbol);
  }
}
