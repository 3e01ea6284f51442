package dev.lockstep.activities.postgres.health;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The highest value that a user's own number may have.
 *
 * @param name of the signal, for people
 */
record Maximum(String name, double value) {
  /** A number that is none counts as too high: nothing is known. */
  Optional<String> concern(double number) {
    if (Double.isNaN(number)) {
      throw UnreadableException.failed(name + " is not a number (NaN)");
    }
    return number > value
        ? Optional.of("%s is %s, limit %s".formatted(name, shown(number), shown(value)))
        : Optional.empty();
  }

  private static String shown(double number) {
    return Double.isInfinite(number)
        ? "infinite"
        : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
