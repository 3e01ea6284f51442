package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Paths of fields as server-side apply names them: {@code f:NAME} a field, {@code k:{"name":"X"}}
 * the item of a list that is merged by name, {@code .} that item itself. Other lists are one value.
 */
final class Fields {
  /** The lists of a pod that are merged by the name of their items. */
  private static final Set<String> BY_NAME =
      Set.of("f:containers", "f:initContainers", "f:env", "f:volumes");

  /**
   * The parts of an object that somebody owns; its identity and its status belong to the server.
   */
  private static final List<List<String>> OWNED =
      List.of(List.of("metadata", "labels"), List.of("metadata", "annotations"), List.of("spec"));

  private Fields() {}

  /** Every field that an object or an apply request gives. */
  static Set<List<String>> of(JsonNode object) {
    Set<List<String>> fields = new LinkedHashSet<>();
    for (List<String> part : OWNED) {
      JsonNode node = object;
      List<String> path = new ArrayList<>();
      for (String name : part) {
        node = node.path(name);
        path.add("f:" + name);
      }
      if (!node.isMissingNode()) {
        collect(path, node, fields);
      }
    }
    return fields;
  }

  private static void collect(List<String> path, JsonNode node, Set<List<String>> fields) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties().forEach(e -> collect(with(path, "f:" + e.getKey()), e.getValue(), fields));
    } else if (mergedByName(path, node)) {
      for (JsonNode item : node) {
        List<String> key = with(path, key(item.path("name").asText()));
        fields.add(with(key, "."));
        item.properties().forEach(e -> collect(with(key, "f:" + e.getKey()), e.getValue(), fields));
      }
    } else {
      fields.add(List.copyOf(path));
    }
  }

  /** The value of a field; empty where it is not there. */
  static Optional<JsonNode> find(JsonNode object, List<String> path) {
    JsonNode node = object;
    for (String segment : path) {
      node = segment.equals(".") ? node : child(node, segment).orElse(null);
      if (node == null) {
        return Optional.empty();
      }
    }
    // An item of a list is compared by its key alone: its fields are compared for themselves.
    return Optional.of(path.get(path.size() - 1).equals(".") ? TextNode.valueOf(".") : node);
  }

  /** Takes a field out of an object. */
  static void remove(ObjectNode object, List<String> path) {
    boolean item = path.get(path.size() - 1).equals(".");
    List<String> target = item ? path.subList(0, path.size() - 1) : path;
    Optional<JsonNode> parent = find(object, target.subList(0, target.size() - 1));
    String last = target.get(target.size() - 1);
    if (parent.isEmpty()) {
      return;
    }
    if (parent.get() instanceof ArrayNode list) {
      for (int i = list.size() - 1; i >= 0; i--) {
        if (key(list.get(i).path("name").asText()).equals(last)) {
          list.remove(i);
        }
      }
    } else if (parent.get() instanceof ObjectNode fields) {
      fields.remove(last.substring(2));
    }
  }

  /** Puts every field of {@code request} into {@code object}. */
  static void merge(ObjectNode object, ObjectNode request) {
    merge(List.of(), object, request);
  }

  private static void merge(List<String> path, ObjectNode object, ObjectNode request) {
    request
        .properties()
        .forEach(
            e -> {
              List<String> inner = with(path, "f:" + e.getKey());
              if (e.getValue() instanceof ObjectNode fields) {
                merge(
                    inner,
                    object.withObject("/" + e.getKey().replace("~", "~0").replace("/", "~1")),
                    fields);
              } else if (mergedByName(inner, e.getValue())) {
                ArrayNode list = object.withArray("/" + e.getKey());
                e.getValue().forEach(item -> mergeItem(inner, list, (ObjectNode) item));
              } else {
                object.set(e.getKey(), e.getValue());
              }
            });
  }

  private static void mergeItem(List<String> path, ArrayNode list, ObjectNode item) {
    String key = key(item.path("name").asText());
    for (JsonNode present : list) {
      if (key(present.path("name").asText()).equals(key)) {
        merge(with(path, key), (ObjectNode) present, item);
        return;
      }
    }
    list.add(item.deepCopy());
  }

  private static Optional<JsonNode> child(JsonNode node, String segment) {
    if (segment.startsWith("f:")) {
      return Optional.ofNullable(node.get(segment.substring(2)));
    }
    for (JsonNode item : node) {
      if (key(item.path("name").asText()).equals(segment)) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  private static boolean mergedByName(List<String> path, JsonNode node) {
    return node.isArray() && !path.isEmpty() && BY_NAME.contains(path.get(path.size() - 1));
  }

  private static String key(String name) {
    return "k:{\"name\":\"" + name + "\"}";
  }

  private static List<String> with(List<String> path, String segment) {
    List<String> longer = new ArrayList<>(path);
    longer.add(segment);
    return List.copyOf(longer);
  }
}
