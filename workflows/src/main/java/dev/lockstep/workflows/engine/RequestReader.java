package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import dev.lockstep.workflows.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the input of a run and collects everything that is wrong with it. */
final class RequestReader {
  private static final List<String> FIELDS =
      List.of(
          "name",
          "definition",
          "databases",
          "stores",
          "backups",
          "parameters",
          "notifications",
          Request.DRY_RUN,
          "asPlanned",
          Request.SEARCH_ATTRIBUTES,
          Request.CONTINUED);
  private static final String CONTINUED_IS_OURS = "continued is written by Lockstep alone: ";
  private static final String SHAPE =
      "the input of a run is one JSON object, {\"name\": …} or"
          + " {\"definition\": {…}, \"databases\": […]}";

  private final List<String> problems = new ArrayList<>();
  private Optional<Request> request = Optional.empty();

  /** Never throws. */
  RequestReader(@Nullable JsonNode tree) {
    if (tree == null || !tree.isObject()) {
      problems.add(SHAPE + ", not " + kindOf(tree));
      return;
    }
    tree.fieldNames().forEachRemaining(this::known);
    source(tree);
    boolean dryRun = flag(tree, Request.DRY_RUN);
    boolean searchAttributes = flag(tree, Request.SEARCH_ATTRIBUTES);
    boolean unusedHere = flag(tree, "asPlanned");
    Optional<Continued> continued = continued(tree);
    if (problems.isEmpty()) {
      request = Optional.of(new Request(tree, dryRun, searchAttributes, continued));
    }
  }

  /** What was carried from an earlier history of the same run. */
  Optional<Continued> continued() {
    return request.flatMap(Request::continued);
  }

  /** Whether the server knows Lockstep's search attributes. */
  boolean searchAttributes() {
    return request.map(Request::searchAttributes).orElse(false);
  }

  /** The request, or {@code DEFINITION_WRONG} with every problem. */
  Request orThrow() {
    return request.orElseThrow(
        () -> Faults.failure(FaultCode.DEFINITION_WRONG, String.join("; ", problems), ""));
  }

  /** Takes back a continuation that cannot be restored. */
  void refuseContinued(String reason) {
    problems.add(CONTINUED_IS_OURS + reason);
    request = Optional.empty();
  }

  private void known(String field) {
    if (!FIELDS.contains(field)) {
      problems.add(
          "unknown field "
              + field
              + "; known are name, definition, databases, stores, backups, notifications,"
              + " parameters, dryRun, asPlanned, searchAttributes");
    }
  }

  private void source(JsonNode tree) {
    boolean named = tree.has("name");
    boolean inline = tree.has("definition");
    if (named == inline) {
      problems.add("give either name or definition" + (named ? ", not both" : ""));
    }
    if (named && (!tree.path("name").isTextual() || tree.path("name").textValue().isBlank())) {
      problems.add("name is the name of a definition, not " + kindOf(tree.get("name")));
    }
    if (inline && !tree.path("definition").isObject()) {
      problems.add("definition is one object, not " + kindOf(tree.get("definition")));
    }
    definitions(tree, "databases", "Database");
    definitions(tree, "stores", "Store");
    definitions(tree, "backups", "Backup");
    if (tree.has("parameters") && !tree.path("parameters").isObject()) {
      problems.add("parameters is one object of texts, not " + kindOf(tree.get("parameters")));
    }
    definitions(tree, "notifications", "Notification");
  }

  private void definitions(JsonNode tree, String field, String kind) {
    JsonNode given = tree.path(field);
    if (given.isMissingNode()) {
      return;
    }
    if (!given.isArray()) {
      problems.add(field + " is a list of " + kind + " definitions, not " + kindOf(given));
      return;
    }
    for (int i = 0; i < given.size(); i++) {
      if (!given.path(i).isObject()) {
        problems.add(field + "[" + i + "] is an object, not " + kindOf(given.get(i)));
      }
    }
  }

  private boolean flag(JsonNode tree, String field) {
    JsonNode value = tree.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      problems.add(field + " is true or false, not " + kindOf(value));
    }
    return value.asBoolean(false);
  }

  private Optional<Continued> continued(JsonNode tree) {
    if (!tree.has(Request.CONTINUED)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wire.read(tree.path(Request.CONTINUED), Continued.class));
    } catch (IllegalArgumentException e) {
      problems.add(CONTINUED_IS_OURS + e.getMessage());
      return Optional.empty();
    }
  }

  private static String kindOf(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return "nothing";
    }
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "the text \"" + Titles.cut(node.asText()) + "\"";
      case NUMBER -> "the number " + node.asText();
      case BOOLEAN -> node.asText();
      case NULL, MISSING -> "nothing";
    };
  }
}
