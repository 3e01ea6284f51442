package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A shape with a description of its own. */
record DescribedShape<T>(Shape<T> shape, String description) implements Shape<T> {
  @Override
  public Optional<T> read(Tree tree, Path path, Problems problems) {
    return shape.read(tree, path, problems);
  }

  @Override
  public JsonNode write(T value) {
    return shape.write(value);
  }

  /** Draft 7 ignores what stands beside a reference, so a reference is wrapped. */
  @Override
  public ObjectNode schema(SchemaParts parts) {
    ObjectNode schema = shape.schema(parts);
    ObjectNode described = JsonNodeFactory.instance.objectNode();
    described.put("description", description);
    if (schema.has("$ref")) {
      described.putArray("allOf").add(schema);
    } else {
      described.setAll(schema);
      described.put("description", description);
    }
    return described;
  }
}
