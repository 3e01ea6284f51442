package dev.lockstep.definitions.yaml;

import java.util.Optional;
import java.util.function.Function;

/**
 * A field of an object.
 *
 * @param <O> the object
 * @param <V> the field's value
 * @param getter the value to write; empty: the field is left out
 * @param required whether it must be written
 * @param fallback the value when it is not written
 */
record Field<O, V>(
    String name,
    Shape<V> shape,
    Function<O, Optional<V>> getter,
    boolean required,
    Optional<V> fallback) {
  /** Identity, so that two fields of one shape never stand for each other. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
