package dev.lockstep.activities.planning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run's input, read as far as planning needs it.
 *
 * @param name of a definition that the worker knows; absent where it is given inline
 * @param asPlanned whether an unfinished run goes on although the definition was edited
 * @param tree the input itself
 */
record PlanRequest(Optional<String> name, boolean asPlanned, JsonNode tree) {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "definition",
          "databases",
          "stores",
          "backups",
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
    if (!problems.isEmpty()) {
      throw wrong(problems);
    }
    return new PlanRequest(
        named ? Optional.of(tree.get("name").asText()) : Optional.empty(),
        tree.path("asPlanned").asBoolean(false),
        tree);
  }

  private static ApplicationFailure wrong(List<String> problems) {
    return Faults.failure(
        FaultCode.DEFINITION_WRONG, "the run's input is wrong: " + String.join("; ", problems), "");
  }
}
