package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.Optional;
import java.util.regex.Pattern;

/** A number with or without decimals, in a unit that somebody else chose. */
record DecimalShape() implements Shape<Double> {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?[0-9]{1,300}(\\.[0-9]{1,300})?([eE][-+]?[0-9]{1,3})?");

  /** Above, not every whole number is a double. */
  private static final double LARGEST_WHOLE = 1e15;

  @Override
  public Optional<Double> read(Tree tree, Path path, Problems problems) {
    Optional<Double> number =
        tree instanceof Leaf leaf
                && leaf.kind() == Kind.NUMBER
                && DECIMAL.matcher(leaf.text()).matches()
            ? Optional.of(Double.valueOf(leaf.text())).filter(Double::isFinite)
            : Optional.empty();
    if (number.isEmpty()) {
      problems.wrong(path, tree, "a number, such as 100 or 0.25");
    }
    return number;
  }

  @Override
  public JsonNode write(Double value) {
    return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
        ? JsonNodeFactory.instance.numberNode(value.longValue())
        : JsonNodeFactory.instance.numberNode(value);
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    return JsonNodeFactory.instance.objectNode().put("type", "number");
  }
}
