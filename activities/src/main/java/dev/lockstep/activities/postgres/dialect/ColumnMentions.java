package dev.lockstep.activities.postgres.dialect;

import dev.lockstep.activities.postgres.dialect.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the columns in an expression and writes something else in their place.
 *
 * <p>A name is a column where an operand may stand and nothing says otherwise: not after another
 * operand, {@code ::}, {@code AS} or {@code COLLATE}; not before a bracket (a function), a string
 * (a typed constant), a dot (a qualifier) or {@code =>} (an argument's name).
 */
final class ColumnMentions {
  /** Keywords after which an operand stands. */
  private static final Set<String> INTRODUCERS =
      Set.of(
          ("AND OR NOT CASE WHEN THEN ELSE IN FROM FOR LIKE ILIKE TO BETWEEN SYMMETRIC ASYMMETRIC "
                  + "ESCAPE ZONE BOTH LEADING TRAILING PLACING VARIADIC DISTINCT WHERE")
              .split(" "));

  private final List<Token> tokens;
  private final List<Integer> significant = new ArrayList<>();

  private ColumnMentions(List<Token> tokens) {
    this.tokens = tokens;
    for (int i = 0; i < tokens.size(); i++) {
      if (!tokens.get(i).blank()) {
        significant.add(i);
      }
    }
  }

  /**
   * The SQL with each column that is a key replaced. A qualifier, as in {@code table.column}, goes
   * with the column.
   *
   * @param replacements column, as the catalogue stores it, to SQL
   */
  static String replace(String sql, Map<String, String> replacements) {
    return replace(Tokenizer.tokens(sql), replacements);
  }

  /** The same over tokens. */
  static String replace(List<Token> tokens, Map<String, String> replacements) {
    return new ColumnMentions(tokens).replaced(replacements);
  }

  private String replaced(Map<String, String> replacements) {
    String[] texts = tokens.stream().map(Token::text).toArray(String[]::new);
    for (int place = 0; place < significant.size(); place++) {
      Optional<String> replacement = token(place).name().map(replacements::get);
      if (replacement.isPresent() && column(place)) {
        for (int i = significant.get(chainStart(place)); i < significant.get(place); i++) {
          texts[i] = "";
        }
        texts[significant.get(place)] = replacement.get();
      }
    }
    return String.join("", texts);
  }

  private boolean column(int place) {
    return !followedByOther(place) && operandPlace(chainStart(place));
  }

  private boolean followedByOther(int place) {
    if (place + 1 == significant.size()) {
      return false;
    }
    Token next = token(place + 1);
    boolean typed = next.kind() == Kind.STRING && token(place).kind() == Kind.WORD;
    return typed
        || next.isSymbol("(")
        || next.isSymbol(".")
        || next.isSymbol("=>")
        || next.isSymbol(":=");
  }

  /** Where the qualified name begins that ends at {@code place}. */
  private int chainStart(int place) {
    int start = place;
    while (start >= 2 && token(start - 1).isSymbol(".") && token(start - 2).name().isPresent()) {
      start -= 2;
    }
    return start;
  }

  private boolean operandPlace(int place) {
    if (place == 0) {
      return true;
    }
    Token previous = token(place - 1);
    return switch (previous.kind()) {
      case WORD -> INTRODUCERS.contains(previous.text().toUpperCase(Locale.ROOT));
      case SYMBOL -> afterSymbol(place - 1);
      case QUOTED, STRING, NUMBER, PARAMETER, SPACE, COMMENT -> false;
    };
  }

  private boolean afterSymbol(int place) {
    Token symbol = token(place);
    boolean field = symbol.isSymbol("(") && place > 0 && token(place - 1).isWord("EXTRACT");
    boolean ended =
        (symbol.isSymbol(")") && !closesOperator(place))
            || symbol.isSymbol("]")
            || symbol.isSymbol("::")
            || symbol.isSymbol(".");
    return !field && !ended;
  }

  /** Whether the bracket ends {@code OPERATOR(schema.+)}: an operand follows it. */
  private boolean closesOperator(int place) {
    int open = place;
    while (open > 0 && !token(open).isSymbol("(")) {
      open--;
    }
    return open > 0 && token(open - 1).isWord("OPERATOR");
  }

  private Token token(int place) {
    return tokens.get(significant.get(place));
  }
}
