package dev.lockstep.definitions.model;

/**
 * A reference to a user name and a password. Values are read where they are used, and only there.
 */
public sealed interface Credentials {
  /** Calls the method of {@code visitor} that fits this form. */
  <R> R accept(Visitor<R> visitor);

  /** No credentials: the server trusts the connection, or the driver finds them by itself. */
  record None() implements Credentials {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.none(this);
    }
  }

  /** The names of two environment variables of the worker. */
  record Environment(String username, String password) implements Credentials {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.environment(this);
    }
  }

  /** The paths of two files on the worker, each holding one value; a last line break is dropped. */
  record Files(String username, String password) implements Credentials {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.files(this);
    }
  }

  /** A Kubernetes Secret with the keys {@code username} and {@code password}. */
  record Secret(String namespace, String name) implements Credentials {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.secret(this);
    }
  }

  /** One answer for each form. */
  interface Visitor<R> {
    /** Answers for no credentials. */
    R none(None none);

    /** Answers for environment variables. */
    R environment(Environment environment);

    /** Answers for files. */
    R files(Files files);

    /** Answers for a Secret. */
    R secret(Secret secret);
  }
}
