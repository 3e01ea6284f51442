package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Which values of a body start a run.
 *
 * @param wanted regular expressions for whole values, by their paths
 */
record BodyFilter(SortedMap<String, String> wanted) {
  /** Why a body starts nothing, without any value of it; absent: it does. */
  Optional<String> filtered(JsonNode body) {
    return wanted.entrySet().stream().flatMap(one -> missed(one, body).stream()).findFirst();
  }

  private static Optional<String> missed(Map.Entry<String, String> one, JsonNode body) {
    JsonNode value = BodyValue.at(body, one.getKey());
    boolean scalar = value.isTextual() || value.isNumber() || value.isBoolean();
    if (scalar && BodyValue.match(one.getValue(), value.asText()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "%s %s, the trigger waits for %s"
            .formatted(
                one.getKey(), scalar ? "is something else" : "is not there", one.getValue()));
  }
}
