package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.workflows.wire.Wire;
import java.util.Map;
import java.util.TreeMap;

/** What is sent back. */
record Answer(int status, String type, String body, Map<String, String> headers) {
  static Answer json(int status, JsonNode body) {
    return new Answer(status, "application/json", body + "\n", Map.of());
  }

  static Answer text(String type, String body) {
    return new Answer(200, type, body, Map.of());
  }

  /** One sentence that says why not. */
  static Answer error(int status, String message) {
    return json(status, object().put("error", message));
  }

  /** The same, for somebody who may come again. */
  static Answer later(int status, String message) {
    return error(status, message).with("Retry-After", "5");
  }

  Answer with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, body, more);
  }

  static ObjectNode object() {
    return Wire.mapper().createObjectNode();
  }
}
