package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Rate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as text: {@code 5000/s}. */
public final class Rates {
  /** What a message asks for. */
  public static final String WANTED = "a rate of at least 1/s, such as 5000/s";

  /** What {@link #read} accepts. */
  static final Pattern PATTERN = Pattern.compile("^([0-9]{1,18})/s$");

  private Rates() {}

  /** Reads a rate; empty where the text is none. */
  public static Optional<Rate> read(String text) {
    Matcher matcher = PATTERN.matcher(text);
    return matcher.matches()
        ? Optional.of(Long.parseLong(matcher.group(1))).filter(number -> number > 0).map(Rate::new)
        : Optional.empty();
  }
}
