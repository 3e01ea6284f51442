package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.parameters.BodyPath;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Which values of a body start a run.
 *
 * @param wanted regular expressions for whole values, by their paths
 */
record BodyFilter(SortedMap<String, String> wanted) {
  /** Bounds what an expression may have to try; no name, state or action is longer. */
  private static final int LONGEST_VALUE = 500;

  /** Why a body starts nothing, without any value of it; absent: it does. */
  Optional<String> filtered(JsonNode body) {
    return wanted.entrySet().stream().flatMap(one -> missed(one, body).stream()).findFirst();
  }

  private static Optional<String> missed(Map.Entry<String, String> one, JsonNode body) {
    JsonNode value = body.at(BodyPath.of(one.getKey()).orElseThrow().pointer());
    boolean scalar = value.isTextual() || value.isNumber() || value.isBoolean();
    String text = value.asText();
    if (scalar && text.length() <= LONGEST_VALUE && Pattern.matches(one.getValue(), text)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s %s, the trigger waits for %s"
            .formatted(
                one.getKey(), scalar ? "is something else" : "is not there", one.getValue()));
  }
}
