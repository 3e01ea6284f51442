package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.Optional;

/**
 * A text that is always the same.
 *
 * @param code the problem of any other text
 */
record ConstantShape(String constant, Code code) implements Shape<String> {
  @Override
  public Optional<String> read(Tree tree, Path path, Problems problems) {
    if (tree instanceof Leaf leaf && leaf.text().equals(constant)) {
      return Optional.of(constant);
    }
    problems.add(path, code, tree.line(), "is " + tree.described() + "; wanted " + constant);
    return Optional.empty();
  }

  @Override
  public JsonNode write(String value) {
    return JsonNodeFactory.instance.textNode(constant);
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    return JsonNodeFactory.instance.objectNode().put("const", constant);
  }
}
