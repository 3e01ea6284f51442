package dev.lockstep.definitions.yaml;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as text: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 24h}, {@code 7d} or ISO-8601.
 */
public final class Durations {
  /** What a message asks for. */
  public static final String WANTED =
      "a duration with its unit, such as 500ms, 30s, 10m, 24h, 7d or PT1H30M";

  /** What {@link #read} accepts, near enough for an editor. */
  static final Pattern PATTERN =
      Pattern.compile("^([0-9]+(ms|s|m|h|d)|[Pp]([0-9.]+[Dd])?([Tt]([0-9.]+[HhMmSs])+)?)$");

  private static final Pattern SHORT = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");

  private Durations() {}

  /** Reads a duration that is not negative; empty where the text is none. */
  public static Optional<Duration> read(String text) {
    Matcher matcher = SHORT.matcher(text);
    try {
      Duration duration =
          matcher.matches()
              ? Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)))
              : Duration.parse(text);
      return Optional.of(duration).filter(read -> !read.isNegative());
    } catch (ArithmeticException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static ChronoUnit unit(String letters) {
    return switch (letters) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      default -> throw new IllegalArgumentException("no unit: " + letters);
    };
  }

  /**
   * Writes a duration in the largest unit that gives a whole number; as ISO-8601 where that is no
   * number of milliseconds, or longer than a lifetime.
   */
  public static String write(Duration duration) {
    if (duration.getNano() % 1_000_000 != 0 || duration.getSeconds() > Integer.MAX_VALUE) {
      return duration.toString();
    }
    if (duration.getNano() != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.getSeconds();
    if (seconds % 86_400 == 0 && seconds != 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0 && seconds != 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 && seconds != 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
