package dev.lockstep.activities.postgres.health;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.PostgresFaults;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** One short question to the server, in a transaction that can change nothing. */
final class Look {
  /**
   * All signals are asked one after the other by one thread; what takes longer than this would make
   * the others stale, and be a load of its own.
   */
  static final String TIME_LIMIT = "1s";

  /** insufficient_privilege, undefined_function, feature_not_supported. */
  private static final Set<String> NOT_FOR_US = Set.of("42501", "42883", "0A000");

  /** query_canceled. */
  private static final String TIME_IS_UP = "57014";

  private Look() {}

  /**
   * Asks.
   *
   * @param what is asked for, for people
   * @throws UnreadableException where there is no answer
   */
  static <T> T at(String what, Handle handle, Function<Handle, T> question) {
    try {
      return handle.inTransaction(
          transaction -> {
            PlainSql.run(
                transaction,
                "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = '" + TIME_LIMIT + "'");
            return question.apply(transaction);
          });
    } catch (UnreadableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreadable(what, e);
    }
  }

  /**
   * The sentence of a refusal. The server's own words may quote values, so only its code is told.
   */
  static UnreadableException unreadable(String what, RuntimeException e) {
    String state = PostgresFaults.sqlState(e).orElse("");
    if (NOT_FOR_US.contains(state)) {
      return new UnreadableException(
          UnreadableException.Reason.HIDDEN,
          "%s may not be read (SQLSTATE %s): grant pg_monitor, or what it needs, to the role of Lockstep"
              .formatted(what, state));
    }
    if (state.equals(TIME_IS_UP)) {
      return UnreadableException.failed(what + " was not answered within " + TIME_LIMIT);
    }
    return UnreadableException.failed(
        what + " cannot be read" + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")"));
  }
}
