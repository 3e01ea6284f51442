package dev.lockstep.activities.postgres.observe;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why the server did not take an expression, in words that fit where it stands in a definition.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes</a>
 */
final class Refusal {
  /** Classes of SQLSTATE that say nothing about an expression: the session, the server, locks. */
  private static final Set<String> NOT_OURS =
      Set.of("08", "25", "40", "53", "55", "57", "58", "F0", "XX");

  private static final String DENIED = "42501";

  private static final Map<String, String> WORDS =
      Map.of(
          "cannot use subquery in check constraint",
          "sub-queries are not possible in an expression over one row; for a value of another table"
              + " there is lookup",
          " are not allowed in check constraints",
          " are not possible in an expression over one row",
          " reference in check constraint is invalid",
          " is not possible in an expression over one row");

  private Refusal() {}

  /** What the failure says of the expression; fails with it where it says nothing. */
  static String text(JdbiException failure) {
    Throwable cause = failure.getCause();
    if (!(cause instanceof PSQLException refused) || NOT_OURS.contains(classOf(refused))) {
      throw failure;
    }
    Optional<ServerErrorMessage> message = Optional.ofNullable(refused.getServerErrorMessage());
    String text =
        message.flatMap(m -> Optional.ofNullable(m.getMessage())).orElse("the server refused it");
    if (DENIED.equals(refused.getSQLState()) && text.contains("temporary")) {
      return text + ": expressions are checked with one; GRANT TEMPORARY ON DATABASE to the role";
    }
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      text = text.replace(word.getKey(), word.getValue());
    }
    Optional<String> hint = message.flatMap(m -> Optional.ofNullable(m.getHint()));
    return text + hint.map(h -> " (" + h + ")").orElse("");
  }

  private static String classOf(PSQLException refused) {
    return Optional.ofNullable(refused.getSQLState()).orElse("XX000").substring(0, 2);
  }
}
