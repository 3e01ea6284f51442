package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text at a place where people put passwords. No message repeats it.
 *
 * @param wanted what a message asks for
 * @param pattern which texts are taken
 */
record QuietShape(String wanted, Pattern pattern) implements Shape<String> {
  @Override
  public Optional<String> read(Tree tree, Path path, Problems problems) {
    if (tree instanceof Leaf leaf
        && leaf.kind() == Kind.TEXT
        && pattern.matcher(leaf.text()).find()) {
      return Optional.of(leaf.text());
    }
    problems.add(
        path,
        Code.VALUE_WRONG,
        tree.line(),
        "is not " + wanted + "; the value is not shown, because it may be a secret");
    return Optional.empty();
  }

  @Override
  public JsonNode write(String value) {
    return JsonNodeFactory.instance.textNode(value);
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "string")
        .put("pattern", pattern.pattern());
  }
}
