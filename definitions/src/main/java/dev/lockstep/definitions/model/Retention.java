package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Which backups are kept. One that any rule keeps is kept; the newest verified one always is.
 *
 * @param last so many of the newest; 0: this rule keeps none, as with the others
 * @param hourly the newest of each of so many hours that have one
 * @param maxAge nothing older is kept by the other rules; absent: they alone decide
 */
public record Retention(
    int last,
    int hourly,
    int daily,
    int weekly,
    int monthly,
    int yearly,
    Optional<Duration> maxAge) {
  /** Everything is kept. */
  public static final Retention ALL = new Retention(0, 0, 0, 0, 0, 0, Optional.empty());

  /** Whether no rule is given, so that everything is kept. */
  public boolean keepsAll() {
    return equals(ALL);
  }

  /** Whether age alone decides. */
  public boolean decidesByAgeAlone() {
    return last + hourly + daily + weekly + monthly + yearly == 0 && maxAge.isPresent();
  }
}
