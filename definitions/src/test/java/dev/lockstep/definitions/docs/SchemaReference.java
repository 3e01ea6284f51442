package dev.lockstep.definitions.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.definitions.yaml.DefinitionSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Every part of the schema as a heading and a table of its fields, in the order of their use. */
final class SchemaReference {
  /**
   * For fields whose form is shared by many parts, so that the schema has no words of their own.
   */
  private static final Map<String, String> PLAIN =
      Map.of(
          "apiVersion", "The version of the language.",
          "kind", "What it is.",
          "namespace", "The namespace it is in.",
          "name", "Its name.",
          "gate", "Its name; `lockstep approve RUN --gate NAME` passes it.");

  private final JsonNode parts;
  private final StringBuilder text = new StringBuilder();

  private SchemaReference(JsonNode parts) {
    this.parts = parts;
  }

  static String of(String... kinds) throws JsonProcessingException {
    JsonNode schema = new ObjectMapper().readTree(DefinitionSchema.text());
    SchemaReference reference = new SchemaReference(schema.path("definitions"));
    Set<String> order = new LinkedHashSet<>();
    for (String kind : kinds) {
      reference.collect(kind, order);
    }
    order.forEach(reference::section);
    return reference.text.toString();
  }

  private void collect(String part, Set<String> found) {
    if (found.add(part)) {
      references(parts.path(part)).forEach(used -> collect(used, found));
    }
  }

  private static List<String> references(JsonNode node) {
    List<String> found = new ArrayList<>();
    FormText.reference(node).ifPresent(found::add);
    node.elements().forEachRemaining(child -> found.addAll(references(child)));
    return found;
  }

  private void section(String name) {
    JsonNode part = parts.path(name);
    text.append("### ").append(name).append("\n\n");
    Optional.of(part.path("description").asText())
        .filter(description -> !description.isEmpty())
        .ifPresent(description -> text.append(description).append("\n\n"));
    if (part.path("maxProperties").asInt() == 1) {
      text.append("Exactly one of:\n\n");
    } else if (part.has("oneOf")) {
      text.append("Exactly one of ")
          .append(String.join(", ", FormText.choices(part)))
          .append(" is needed.\n\n");
    }
    table(part);
  }

  private void table(JsonNode part) {
    Set<String> required = new LinkedHashSet<>();
    part.path("required").forEach(name -> required.add(name.asText()));
    text.append("| field | form | default | meaning |\n|---|---|---|---|\n");
    StreamSupport.stream(iterable(part).spliterator(), false)
        .map(field -> row(field, required.contains(field.getKey())))
        .forEach(text::append);
    text.append('\n');
  }

  private static Iterable<Map.Entry<String, JsonNode>> iterable(JsonNode part) {
    return part.path("properties").properties();
  }

  private String row(Map.Entry<String, JsonNode> field, boolean required) {
    JsonNode form = field.getValue();
    String standard =
        form.path("default").asText().isEmpty()
            ? required ? "needed" : ""
            : "`" + form.path("default").asText() + "`";
    return "| `%s` | %s | %s | %s |\n"
        .formatted(field.getKey(), FormText.of(form), standard, meaning(field.getKey(), form));
  }

  private String meaning(String field, JsonNode form) {
    String own = form.path("description").asText();
    return own.isEmpty()
        ? FormText.reference(form)
            .map(part -> parts.path(part).path("description").asText())
            .orElseGet(() -> PLAIN.getOrDefault(field, ""))
        : own.replace("|", "\\|");
  }
}
