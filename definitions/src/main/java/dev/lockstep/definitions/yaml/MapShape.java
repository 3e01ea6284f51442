package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.yaml.Tree.Entries;
import dev.lockstep.definitions.yaml.Tree.Entry;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A map whose fields are named by the author.
 *
 * @param wanted what a message asks for
 */
record MapShape<T>(Shape<T> value, String wanted) implements Shape<SortedMap<String, T>> {
  @Override
  public Optional<SortedMap<String, T>> read(Tree tree, Path path, Problems problems) {
    if (!(tree instanceof Entries map)) {
      problems.wrong(path, tree, wanted);
      return Optional.empty();
    }
    SortedMap<String, T> read = new TreeMap<>();
    for (Entry entry : map.entries()) {
      value
          .read(entry.value(), path.field(entry.key()), problems)
          .ifPresent(each -> read.put(entry.key(), each));
    }
    return read.size() == map.entries().size() ? Optional.of(read) : Optional.empty();
  }

  @Override
  public JsonNode write(SortedMap<String, T> map) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    map.forEach((name, each) -> object.set(name, value.write(each)));
    return object;
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.put("minProperties", 1);
    schema.set("additionalProperties", value.schema(parts));
    return schema;
  }
}
