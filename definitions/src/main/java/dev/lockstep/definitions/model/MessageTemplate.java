package dev.lockstep.definitions.model;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with variables of a closed list, each written as <code>${name}</code>. */
public final class MessageTemplate {
  /** The known variables. */
  public static final List<String> VARIABLES =
      List.of("run", "kind", "name", "database", "state", "phase", "message", "decisions", "time");

  /** The text where none is given. */
  public static final String USUAL = "${run} is ${state}: ${message}";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}?");

  private MessageTemplate() {}

  /** The variables in a text that are not known, in its order. */
  public static List<String> unknown(String text) {
    return VARIABLE
        .matcher(text)
        .results()
        .filter(found -> !found.group().endsWith("}") || !VARIABLES.contains(found.group(1)))
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  /** The text with its values; a value that is not there is empty. What a value holds stays. */
  public static String fill(String text, Map<String, String> values) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
  }
}
