package dev.lockstep.definitions.model;

import java.util.Optional;

/**
 * A number of the user's own that holds a run back while it is too high, or not known.
 *
 * @param name what the status calls it
 * @param max the highest value at which the run goes on, in the unit of the source
 */
public record Signal(String name, Source source, double max) {
  /** Where the number comes from. */
  public sealed interface Source {
    /** Calls the method of {@code visitor} that fits this form. */
    <R> R accept(Visitor<R> visitor);
  }

  /** One SELECT in the target database that gives one number. */
  public record Query(String sql) implements Source {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.query(this);
    }
  }

  /**
   * An instant query of Prometheus. Of several series the highest counts; none is no value.
   *
   * @param url of the server, without {@code /api/v1/query}
   * @param query in PromQL
   * @param token sent as bearer token
   */
  public record Prometheus(String url, String query, Optional<SecretReference> token)
      implements Source {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.prometheus(this);
    }
  }

  /** One answer for each form. */
  public interface Visitor<R> {
    /** Answers for a query of the database. */
    R query(Query query);

    /** Answers for a query of Prometheus. */
    R prometheus(Prometheus prometheus);
  }
}
