package dev.lockstep.definitions.yaml;

import java.util.Locale;

/** Words of definitions for constants. */
public final class CamelCase {
  private CamelCase() {}

  /** Such as {@code noAction} for {@code NO_ACTION}. */
  public static String of(Enum<?> constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.name().split("_", -1)) {
      word.append(word.isEmpty() ? "" : part.substring(0, 1))
          .append(part.substring(word.isEmpty() ? 0 : 1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
