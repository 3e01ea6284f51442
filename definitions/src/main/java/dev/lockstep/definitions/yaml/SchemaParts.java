package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The named parts of a JSON Schema, each written once. */
final class SchemaParts {
  private final Map<String, ObjectNode> parts = new TreeMap<>();

  /** A reference to the part of this name, made when it is first asked for. */
  ObjectNode reference(String name, Supplier<ObjectNode> part) {
    if (!parts.containsKey(name)) {
      parts.put(name, part.get());
    }
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/definitions/" + name);
  }

  /** All parts by name. */
  ObjectNode all() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    parts.forEach(all::set);
    return all;
  }
}
