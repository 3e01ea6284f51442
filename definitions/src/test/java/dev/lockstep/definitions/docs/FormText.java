package dev.lockstep.definitions.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What a field may hold, in words, from its part of the schema. */
final class FormText {
  /** Forms of text, by what only their patterns contain. */
  private static final Map<String, String> PATTERNS =
      Map.of(
          "(ms|s|m|h|d)", "duration",
          "{1,18})/s$", "rate",
          "TiB)$", "size",
          "TiB)/s$", "size a second",
          "^jdbc:", "JDBC URL",
          "^https?:", "URL",
          "T[0-9:.]+(Z", "time",
          "[-a-z0-9]{0,61}", "name");

  private FormText() {}

  static String of(JsonNode field) {
    return reference(field)
        .map(FormText::link)
        .orElseGet(() -> field.has("enum") ? words(field.path("enum")) : byType(field));
  }

  private static String either(JsonNode forms) {
    List<String> texts = new ArrayList<>();
    forms.forEach(form -> texts.add(of(form)));
    return String.join(" or ", texts);
  }

  static Optional<String> reference(JsonNode field) {
    String path = field.path("$ref").asText();
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(path.substring("#/definitions/".length()));
  }

  static String link(String part) {
    return "[%s](#%s)".formatted(part, part.toLowerCase(Locale.ROOT));
  }

  private static String words(JsonNode values) {
    List<String> words = new ArrayList<>();
    values.forEach(value -> words.add("`" + value.asText() + "`"));
    return String.join(" or ", words);
  }

  private static String byType(JsonNode field) {
    if (field.has("const")) {
      return "`" + field.path("const").asText() + "`";
    }
    if (field.has("anyOf")) {
      return either(field.path("anyOf"));
    }
    if (field.has("allOf")) {
      return either(field.path("allOf"));
    }
    if (field.path("type").isArray()) {
      return field.path("pattern").asText().equals("\\S") ? "SQL" : "text";
    }
    return switch (field.path("type").asText()) {
      case "array" -> "list of " + of(field.path("items"));
      case "object" -> "map of name to " + of(field.path("additionalProperties"));
      case "integer" -> number(field);
      case "number" -> "number";
      case "boolean" -> "`true` or `false`";
      case "string" -> text(field.path("pattern").asText());
      default -> throw new IllegalStateException("no words for " + field);
    };
  }

  private static String number(JsonNode field) {
    return "%s to %s".formatted(field.path("minimum").asText(), field.path("maximum").asText());
  }

  private static String text(String pattern) {
    return PATTERNS.entrySet().stream()
        .filter(form -> pattern.contains(form.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("text");
  }

  /** The fields of which one is needed, each choice as {@code `a`} or {@code `a` with `b`}. */
  static List<String> choices(JsonNode part) {
    return StreamSupport.stream(part.path("oneOf").spliterator(), false)
        .map(choice -> String.join(" with ", quoted(choice.path("required"))))
        .toList();
  }

  private static List<String> quoted(JsonNode names) {
    List<String> quoted = new ArrayList<>();
    names.forEach(name -> quoted.add("`" + name.asText() + "`"));
    return quoted;
  }
}
