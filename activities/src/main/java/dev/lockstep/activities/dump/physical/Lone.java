package dev.lockstep.activities.dump.physical;

import java.util.Optional;

/** One value as psql prints it with zero bytes between values. */
final class Lone {
  /** Shown for NULL: a control character, which as a value of its own nobody asks for. */
  static final String NULL = "\u0001";

  private Lone() {}

  /** The first value of what was printed; empty: there is none, or it is NULL. */
  static Optional<String> value(String printed) {
    int end = printed.indexOf('\0');
    return end < 0
        ? Optional.empty()
        : Optional.of(printed.substring(0, end)).filter(it -> !it.equals(NULL));
  }
}
