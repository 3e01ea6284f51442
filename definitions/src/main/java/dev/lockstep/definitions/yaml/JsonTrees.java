package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.yaml.Tree.Entries;
import dev.lockstep.definitions.yaml.Tree.Entry;
import dev.lockstep.definitions.yaml.Tree.Items;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.ArrayList;
import java.util.List;

/** Takes a JSON value as a tree, without lines. JSON itself limits its depth while it is parsed. */
final class JsonTrees {
  private JsonTrees() {}

  static Tree of(JsonNode node) {
    if (node.isObject()) {
      List<Entry> entries = new ArrayList<>();
      node.properties()
          .forEach(field -> entries.add(new Entry(field.getKey(), of(field.getValue()), 0)));
      return new Entries(entries, 0);
    }
    if (node.isArray()) {
      List<Tree> items = new ArrayList<>();
      node.forEach(item -> items.add(of(item)));
      return new Items(items, 0);
    }
    return new Leaf(node.asText(), kindOf(node), 0);
  }

  private static Kind kindOf(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return Kind.EMPTY;
    }
    if (node.isBoolean()) {
      return Kind.FLAG;
    }
    return node.isNumber() ? Kind.NUMBER : Kind.TEXT;
  }
}
