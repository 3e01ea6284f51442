package dev.lockstep.definitions.parameters;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places {@code ${name}} of a text that parameters fill. */
public final class Places {
  /** The name of a parameter. */
  public static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]{0,29}");

  /** What {@link #NAME} allows, for people. */
  public static final String NAME_WANTED = "a small letter, then up to 29 letters and digits";

  private static final Pattern PLACE = Pattern.compile("\\$\\{(" + NAME.pattern() + ")}");

  private Places() {}

  /** Names of the parameters that the text needs. */
  public static SortedSet<String> in(String text) {
    SortedSet<String> names = new TreeSet<>();
    Matcher places = PLACE.matcher(text);
    while (places.find()) {
      names.add(places.group(1));
    }
    return Collections.unmodifiableSortedSet(names);
  }

  /** Whether something begins like a place and is none. */
  public static boolean isBroken(String text) {
    return PLACE.matcher(text).replaceAll("").contains("${");
  }

  /** The text with a value in each place that has one. */
  public static String fill(String text, Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
  }

  /** The text with the same value in each place. */
  public static String fillAll(String text, String value) {
    return PLACE.matcher(text).replaceAll(Matcher.quoteReplacement(value));
  }
}
