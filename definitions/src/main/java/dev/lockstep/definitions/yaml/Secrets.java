package dev.lockstep.definitions.yaml;

import java.util.regex.Pattern;

/** Keeps what may be a password out of messages. */
final class Secrets {
  private static final Pattern USER_AND_PASSWORD = Pattern.compile("//\\S*:\\S*@");
  private static final Pattern NAMED =
      Pattern.compile("(?i)(password|passwd|passphrase|pwd|secret|token)[a-z_]*[\"']?\\s*[=:]");
  private static final int LONGEST_SHOWN = 120;

  private Secrets() {}

  /** Whether the text looks as if a password stood in it. */
  static boolean mayBeIn(String text) {
    return USER_AND_PASSWORD.matcher(text).find() || named(text);
  }

  /** Whether something in the text is called a password or the like. */
  static boolean named(String text) {
    return NAMED.matcher(text).find();
  }

  /** The text in backquotes on one line, cut at 120 characters, or a sentence in its place. */
  static String shown(String text) {
    if (mayBeIn(text)) {
      return "a text that is not shown because it may hold a password";
    }
    String line = text.replaceAll("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    if (line.length() <= LONGEST_SHOWN) {
      return "`" + line + "`";
    }
    boolean half = Character.isHighSurrogate(line.charAt(LONGEST_SHOWN - 1));
    return "`" + line.substring(0, half ? LONGEST_SHOWN - 1 : LONGEST_SHOWN) + "…`";
  }
}
