package dev.lockstep.activities.planning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run's input, read as far as planning needs it.
 *
 * @param name of a definition that the worker knows; absent where it is given inline
 * @param asPlanned whether an unfinished run goes on although the definition was edited
 * @param parameters values for places of the definition, by name
 * @param tree the input itself
 */
record PlanRequest(
    Optional<String> name, boolean asPlanned, SortedMap<String, String> parameters, JsonNode tree) {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "definition",
          "databases",
          "stores",
          "backups",
          "parameters",
          "notifications",
          "dryRun",
          "asPlanned",
          "searchAttributes",
          "continued");

  /** Reads the input; every problem at once is {@code DEFINITION_WRONG}. */
  static PlanRequest read(JsonNode tree) {
    List<String> problems = new ArrayList<>();
    if (!tree.isObject()) {
      throw wrong(List.of("the input is no JSON object such as {\"name\": \"my-migration\"}"));
    }
    tree.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                problems.add(
                    field + ": unknown field; known: " + FIELDS.stream().sorted().toList());
              }
            });
    boolean named = tree.hasNonNull("name");
    if (named == tree.hasNonNull("definition")) {
      problems.add("give either name or definition");
    }
    if (named && !tree.get("name").isTextual()) {
      problems.add("name: must be text");
    }
    for (String flag : List.of("dryRun", "asPlanned")) {
      if (tree.hasNonNull(flag) && !tree.get(flag).isBoolean()) {
        problems.add(flag + ": must be true or false");
      }
    }
    SortedMap<String, String> parameters = parameters(tree.path("parameters"), problems);
    if (!problems.isEmpty()) {
      throw wrong(problems);
    }
    return new PlanRequest(
        named ? Optional.of(tree.get("name").asText()) : Optional.empty(),
        tree.path("asPlanned").asBoolean(false),
        parameters,
        tree);
  }

  private static SortedMap<String, String> parameters(JsonNode given, List<String> problems) {
    SortedMap<String, String> parameters = new TreeMap<>();
    if (!given.isMissingNode() && !given.isObject()) {
      problems.add("parameters: must be an object of texts");
    }
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      if (field.getValue().isTextual()) {
        parameters.put(field.getKey(), field.getValue().textValue());
      } else {
        problems.add("parameters." + field.getKey() + ": must be text");
      }
    }
    return parameters;
  }

  private static ApplicationFailure wrong(List<String> problems) {
    return Faults.failure(
        FaultCode.DEFINITION_WRONG, "the run's input is wrong: " + String.join("; ", problems), "");
  }
}
