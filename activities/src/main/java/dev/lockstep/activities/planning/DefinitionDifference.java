package dev.lockstep.activities.planning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two definitions, value by value. */
final class DefinitionDifference {
  private static final int SHOWN_CHARACTERS = 80;

  private final List<String> lines = new ArrayList<>();

  private DefinitionDifference() {}

  /** One line a value: its path, what it was and what it is. Empty: equal. */
  static List<String> between(JsonNode before, JsonNode after) {
    DefinitionDifference difference = new DefinitionDifference();
    difference.compare("", before, after);
    return difference.lines;
  }

  private void compare(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
    if (before == null || after == null) {
      lines.add(path + ": " + shown(before) + " -> " + shown(after));
    } else if (before.isObject() && after.isObject()) {
      TreeSet<String> fields = new TreeSet<>();
      before.fieldNames().forEachRemaining(fields::add);
      after.fieldNames().forEachRemaining(fields::add);
      for (String field : fields) {
        compare(path.isEmpty() ? field : path + "." + field, before.get(field), after.get(field));
      }
    } else if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        compare(path + "[" + i + "]", before.get(i), after.get(i));
      }
    } else if (!before.equals(after)) {
      lines.add(path + ": " + shown(before) + " -> " + shown(after));
    }
  }

  private static String shown(@Nullable JsonNode value) {
    if (value == null) {
      return "nothing";
    }
    String text = value.toString();
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
