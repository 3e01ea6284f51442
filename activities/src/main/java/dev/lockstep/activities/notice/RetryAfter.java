package dev.lockstep.activities.notice;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * When a receiver wants to be asked again.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, 10.2.3</a>
 */
final class RetryAfter {
  /**
   * A notice is given up after a day; a receiver that asks for more gets some tries all the same.
   */
  private static final Duration MOST = Duration.ofHours(1);

  private RetryAfter() {}

  /** Seconds or a date; empty where it is neither. */
  static Optional<Duration> read(String text, Instant now) {
    Optional<Duration> asked =
        text.strip().matches("[0-9]{1,9}")
            ? Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())))
            : date(text.strip()).map(then -> Duration.between(now, then));
    return asked
        .filter(delay -> delay.compareTo(Duration.ZERO) > 0)
        .map(delay -> delay.compareTo(MOST) < 0 ? delay : MOST);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
