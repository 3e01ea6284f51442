package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.Optional;

/** {@code true} or {@code false}; not {@code yes}, {@code on} or a text in quotes. */
record FlagShape() implements Shape<Boolean> {
  @Override
  public Optional<Boolean> read(Tree tree, Path path, Problems problems) {
    if (tree instanceof Leaf leaf && leaf.kind() == Kind.FLAG) {
      return Optional.of(Boolean.valueOf(leaf.text()));
    }
    problems.wrong(path, tree, "true or false");
    return Optional.empty();
  }

  @Override
  public JsonNode write(Boolean value) {
    return JsonNodeFactory.instance.booleanNode(value);
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    return JsonNodeFactory.instance.objectNode().put("type", "boolean");
  }
}
