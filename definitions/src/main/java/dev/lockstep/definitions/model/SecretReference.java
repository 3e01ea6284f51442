package dev.lockstep.definitions.model;

/**
 * Where one secret value is found; never the value. It is read where it is used, and only there.
 */
public sealed interface SecretReference extends WrappingKey {
  /** Calls the method of {@code visitor} that fits this form. */
  <R> R accept(Visitor<R> visitor);

  @Override
  default <R> R accept(WrappingKey.Visitor<R> visitor) {
    return visitor.keyset(this);
  }

  /** The name of an environment variable of the worker. */
  record Variable(String name) implements SecretReference {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.variable(this);
    }
  }

  /** The path of a file on the worker that holds the value; a last line break is dropped. */
  record File(String path) implements SecretReference {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.file(this);
    }
  }

  /** One key of a Kubernetes Secret. */
  record Key(String namespace, String name, String key) implements SecretReference {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.key(this);
    }
  }

  /** One answer for each form. */
  interface Visitor<R> {
    /** Answers for an environment variable. */
    R variable(Variable variable);

    /** Answers for a file. */
    R file(File file);

    /** Answers for a key of a Secret. */
    R key(Key key);
  }
}
