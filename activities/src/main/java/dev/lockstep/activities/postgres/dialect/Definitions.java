package dev.lockstep.activities.postgres.dialect;

import java.util.List;
import java.util.Map;

/** Definitions of indexes and constraints, as the server writes them, for another column. */
final class Definitions {
  private Definitions() {}

  /**
   * CREATE INDEX CONCURRENTLY under another name and over another column; of a partitioned table,
   * whose definition says ON ONLY, without CONCURRENTLY, which the server does not take there.
   *
   * @param definition as {@code pg_get_indexdef} or this method wrote it
   */
  static String index(String definition, String name, String from, String to) {
    List<Token> tokens = Tokenizer.tokens(definition);
    int on = find(tokens, "ON", 0);
    int body = find(tokens, "USING", on);
    boolean alone = find(tokens.subList(on, body), "ONLY", 0) < body - on;
    StringBuilder sql = new StringBuilder(created(tokens.subList(0, on)));
    sql.append(alone ? " " : " CONCURRENTLY ").append(Identifiers.quote(name)).append(' ');
    sql.append(text(tokens.subList(on, body)));
    int options = optionsStart(tokens, body);
    int predicate = options == tokens.size() ? options : find(tokens, "WHERE", options);
    Map<String, String> names = Map.of(from, Identifiers.quote(to));
    sql.append(ColumnMentions.replace(tokens.subList(body, options), names));
    sql.append(text(tokens.subList(options, predicate)));
    sql.append(ColumnMentions.replace(tokens.subList(predicate, tokens.size()), names));
    return sql.toString();
  }

  /**
   * The definition of an index of a partitioned table for one of its partitions.
   *
   * @param definition as {@code pg_get_indexdef} writes it
   * @param made what stands between INDEX and the columns: manner, name and table
   */
  static String indexOfPartition(String definition, String made) {
    List<Token> tokens = Tokenizer.tokens(definition);
    int on = find(tokens, "ON", 0);
    int body = find(tokens, "USING", on);
    return created(tokens.subList(0, on)) + made + text(tokens.subList(body, tokens.size()));
  }

  private static String created(List<Token> beforeOn) {
    boolean unique = find(beforeOn, "UNIQUE", 0) < beforeOn.size();
    return unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX";
  }

  /**
   * The definition of a constraint over another column of its own table.
   *
   * @param definition as {@code pg_get_constraintdef} or this method wrote it
   */
  static String constraint(String definition, String from, String to) {
    Map<String, String> names = Map.of(from, Identifiers.quote(to));
    List<Token> tokens = Tokenizer.tokens(definition);
    int references = foreignKey(tokens) ? find(tokens, "REFERENCES", 0) : tokens.size();
    int actions = closingBracket(tokens, references);
    return ColumnMentions.replace(tokens.subList(0, references), names)
        + text(tokens.subList(references, actions))
        + ColumnMentions.replace(tokens.subList(actions, tokens.size()), names);
  }

  /**
   * The definition of another table's foreign key that refers to this column.
   *
   * @param definition as {@code pg_get_constraintdef} or this method wrote it
   */
  static String reference(String definition, String from, String to) {
    List<Token> tokens = Tokenizer.tokens(definition);
    int references = find(tokens, "REFERENCES", 0);
    int actions = closingBracket(tokens, references);
    return text(tokens.subList(0, references))
        + ColumnMentions.replace(
            tokens.subList(references, actions), Map.of(from, Identifiers.quote(to)))
        + text(tokens.subList(actions, tokens.size()));
  }

  private static boolean foreignKey(List<Token> tokens) {
    return !tokens.isEmpty() && tokens.get(0).isWord("FOREIGN");
  }

  /**
   * Where WITH, TABLESPACE or WHERE begins after the columns; none of them holds an index column.
   */
  private static int optionsStart(List<Token> tokens, int body) {
    int depth = 0;
    for (int i = body; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      boolean option = token.isWord("WITH") || token.isWord("TABLESPACE") || token.isWord("WHERE");
      if (depth == 0 && option) {
        return i;
      }
    }
    return tokens.size();
  }

  private static int closingBracket(List<Token> tokens, int from) {
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).isSymbol(")")) {
        return i + 1;
      }
    }
    return tokens.size();
  }

  private static int find(List<Token> tokens, String keyword, int from) {
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).isWord(keyword)) {
        return i;
      }
    }
    return tokens.size();
  }

  private static String text(List<Token> tokens) {
    return String.join("", tokens.stream().map(Token::text).toList());
  }
}
