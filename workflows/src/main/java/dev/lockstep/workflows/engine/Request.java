package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The input of a run, read. The shape of the definition itself is the planning activity's matter.
 *
 * @param tree the input as it came
 * @param dryRun whether to plan only
 * @param searchAttributes whether the starter knows that the server has Lockstep's search
 *     attributes; a wrong {@code true} would hang the run
 * @param continued absent in the first history of a run
 */
record Request(
    JsonNode tree, boolean dryRun, boolean searchAttributes, Optional<Continued> continued) {
  static final String DRY_RUN = "dryRun";
  static final String SEARCH_ATTRIBUTES = "searchAttributes";
  static final String CONTINUED = "continued";
}
