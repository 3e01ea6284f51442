package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.parameters.Parameters;
import dev.lockstep.definitions.parameters.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * A migration whose places are filled.
 *
 * @param migration of no use where there are problems
 * @param problems with paths in the definition, or {@code parameters.NAME}
 */
public record Filling(Migration migration, List<Problem> problems) {
  /** What fits into an image reference. */
  public static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._:/@+]{0,199}");

  /** What {@link #VALUE} allows, for people. */
  public static final String VALUE_WANTED =
      "1 to 200 letters, digits and - . _ : / @ +, a letter or digit first";

  /** Fills every place, each with the value of its name. */
  public static Filling of(Migration migration, Map<String, String> values) {
    List<Problem> problems = new ArrayList<>();
    SortedSet<String> wanted = Parameters.of(migration);
    values.forEach(
        (name, value) -> {
          if (!wanted.contains(name)) {
            problems.add(
                Problem.at(
                    "parameters." + name,
                    Code.FIELD_UNKNOWN,
                    "has no place in " + migration.name() + "; known: " + wanted));
          } else if (!VALUE.matcher(value).matches()) {
            problems.add(
                Problem.at(
                    "parameters." + name,
                    Code.VALUE_WRONG,
                    "is `" + shown(value) + "`; wanted " + VALUE_WANTED));
          }
        });
    boolean known = problems.isEmpty();
    Migration filled =
        Parameters.map(
            migration,
            (path, text) -> {
              String full = Places.fill(text, values);
              if (known && !full.equals(text)) {
                check(path, full, problems);
              }
              return full;
            });
    Parameters.of(filled).forEach(name -> problems.add(missing(name)));
    return new Filling(filled, List.copyOf(problems));
  }

  private static Problem missing(String name) {
    return Problem.at(
        "parameters." + name,
        Code.FIELD_MISSING,
        "is missing: a run needs a value for ${%s}, by --parameter %s=VALUE or the field parameters of its input"
            .formatted(name, name));
  }

  private static void check(String path, String full, List<Problem> problems) {
    if (!path.endsWith(".image") && !Names.isLabel(full)) {
      problems.add(
          Problem.at(
              path,
              Code.VALUE_WRONG,
              "becomes `"
                  + full
                  + "`; wanted 1 to 63 small letters, digits and -, no - at an end"));
    }
  }

  private static String shown(String value) {
    return value.length() > 40 ? value.substring(0, 40) + "…" : value;
  }
}
