package dev.lockstep.activities.notice;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What is sent by POST.
 *
 * @param headers beside that of the type
 */
record Body(String type, String text, Map<String, String> headers) {
  static Body json(JsonNode tree) {
    return of("application/json", tree);
  }

  static Body of(String type, JsonNode tree) {
    return new Body(type, tree.toString(), Map.of());
  }

  Body with(Map<String, String> more) {
    return new Body(type, text, Map.copyOf(more));
  }
}
