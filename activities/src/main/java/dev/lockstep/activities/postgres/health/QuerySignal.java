package dev.lockstep.activities.postgres.health;

import dev.lockstep.activities.postgres.PlainSql;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A number that a query of the user gives. It is asked as part of our own SELECT, so that it can be
 * only one SELECT of one value, in a transaction that can change nothing.
 */
final class QuerySignal implements HealthSignal {
  private final Maximum maximum;
  private final String sql;

  QuerySignal(Maximum maximum, String sql) {
    this.maximum = maximum;
    this.sql = sql;
  }

  @Override
  public String name() {
    return maximum.name();
  }

  @Override
  public Optional<String> concern(Handle handle) {
    // A comment at the end of the query ends with its line.
    String question = "SELECT (" + sql + "\n)::text";
    Optional<String> answer = Look.at(name(), handle, asked -> PlainSql.value(asked, question));
    return maximum.concern(number(answer));
  }

  private double number(Optional<String> answer) {
    if (answer.isEmpty()) {
      throw UnreadableException.failed(name() + " has no value");
    }
    try {
      return Double.parseDouble(answer.get());
    } catch (NumberFormatException e) {
      throw UnreadableException.failed(name() + " is not a number");
    }
  }
}
