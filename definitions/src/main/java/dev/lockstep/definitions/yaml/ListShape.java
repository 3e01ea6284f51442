package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.yaml.Tree.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list.
 *
 * @param wanted what a message asks for
 * @param least how many items there must be
 */
record ListShape<T>(Shape<T> item, String wanted, int least) implements Shape<List<T>> {
  @Override
  public Optional<List<T>> read(Tree tree, Path path, Problems problems) {
    if (!(tree instanceof Items list)) {
      problems.wrong(path, tree, wanted);
      return Optional.empty();
    }
    if (list.items().size() < least) {
      problems.wrong(path, tree, wanted + ", at least " + least);
      return Optional.empty();
    }
    List<T> read = new ArrayList<>();
    for (int index = 0; index < list.items().size(); index++) {
      item.read(list.items().get(index), path.item(index), problems).ifPresent(read::add);
    }
    return read.size() == list.items().size() ? Optional.of(read) : Optional.empty();
  }

  @Override
  public JsonNode write(List<T> value) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    value.forEach(each -> list.add(item.write(each)));
    return list;
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
    if (least > 0) {
      schema.put("minItems", least);
    }
    schema.set("items", item.schema(parts));
    return schema;
  }
}
