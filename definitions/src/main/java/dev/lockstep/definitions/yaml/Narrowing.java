package dev.lockstep.definitions.yaml;

import java.util.Optional;
import java.util.function.Function;

/** Getters of fields, each of which holds one kind of a sealed interface. */
final class Narrowing {
  private Narrowing() {}

  /** The value where it is of that kind. */
  static <W, P extends W> Function<W, Optional<P>> to(Class<P> type) {
    return whole -> Optional.of(whole).filter(type::isInstance).map(type::cast);
  }
}
