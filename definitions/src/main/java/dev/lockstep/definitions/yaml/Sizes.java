package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of data as text: {@code 64KiB}, {@code 1GiB}; a second: {@code 50MiB/s}. */
public final class Sizes {
  /** What a message asks for. */
  public static final String WANTED = "a size with its unit, such as 64KiB, 16MiB or 1GiB";

  /** What a message asks for. */
  public static final String RATE_WANTED =
      "an amount of data a second, such as 512KiB/s or 50MiB/s";

  /** What {@link #read} accepts, near enough for an editor. */
  static final Pattern PATTERN = Pattern.compile("^([0-9]{1,18})(B|KiB|MiB|GiB|TiB)$");

  /** What {@link #readRate} accepts, near enough for an editor. */
  static final Pattern RATE_PATTERN = Pattern.compile("^([0-9]{1,18})(B|KiB|MiB|GiB|TiB)/s$");

  private static final String A_SECOND = "/s";

  private Sizes() {}

  /** Reads a size of at least one byte; empty where the text is none. */
  public static Optional<ByteCount> read(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
      return Optional.of(bytes).filter(count -> count > 0).map(ByteCount::new);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Reads a size a second; empty where the text is none. */
  public static Optional<ByteRate> readRate(String text) {
    return text.endsWith(A_SECOND)
        ? read(text.substring(0, text.length() - A_SECOND.length())).map(ByteRate::new)
        : Optional.empty();
  }

  private static long unit(String letters) {
    return switch (letters) {
      case "B" -> 1;
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case "TiB" -> 1L << 40;
      default -> throw new IllegalArgumentException("no unit: " + letters);
    };
  }
}
