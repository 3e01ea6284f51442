package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.Optional;
import java.util.regex.Pattern;

/** A count: a whole number from {@code least} to {@code most}, both at most nine digits long. */
record NumberShape(int least, int most) implements Shape<Integer> {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");

  @Override
  public Optional<Integer> read(Tree tree, Path path, Problems problems) {
    Optional<Integer> number =
        tree instanceof Leaf leaf
                && leaf.kind() == Kind.NUMBER
                && WHOLE.matcher(leaf.text()).matches()
            ? Optional.of(Integer.valueOf(leaf.text())).filter(n -> n >= least && n <= most)
            : Optional.empty();
    if (number.isEmpty()) {
      problems.wrong(path, tree, "a whole number from " + least + " to " + most);
    }
    return number;
  }

  @Override
  public JsonNode write(Integer value) {
    return JsonNodeFactory.instance.numberNode(value);
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "integer")
        .put("minimum", least)
        .put("maximum", most);
  }
}
