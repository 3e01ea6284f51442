package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who owns which fields of an object, as {@code metadata.managedFields} says it.
 *
 * @param fields by manager; changed by the methods below
 */
record Managers(Map<Manager, Set<List<String>>> fields) {
  /**
   * Who changed something.
   *
   * @param operation {@code Apply} or {@code Update}: one name is two managers
   */
  record Manager(String name, String operation) {
    static Manager applying(String name) {
      return new Manager(name, "Apply");
    }

    static Manager updating(String name) {
      return new Manager(name, "Update");
    }
  }

  static Managers of(JsonNode object) {
    Map<Manager, Set<List<String>>> fields = new LinkedHashMap<>();
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      Set<List<String>> paths = new LinkedHashSet<>();
      read(List.of(), entry.path("fieldsV1"), paths);
      fields.put(
          new Manager(entry.path("manager").asText(), entry.path("operation").asText()), paths);
    }
    return new Managers(fields);
  }

  Set<List<String>> ownedBy(Manager manager) {
    return fields.getOrDefault(manager, Set.of());
  }

  /** Names of the other managers that own a field. */
  List<String> othersOwning(List<String> path, Manager manager) {
    return fields.entrySet().stream()
        .filter(e -> !e.getKey().equals(manager) && e.getValue().contains(path))
        .map(e -> e.getKey().name())
        .toList();
  }

  /** Whether another manager owns a field or something inside of an item. */
  boolean othersNeed(List<String> path, Manager manager) {
    boolean item = path.get(path.size() - 1).equals(".");
    List<String> prefix = item ? path.subList(0, path.size() - 1) : path;
    return fields.entrySet().stream()
        .filter(e -> !e.getKey().equals(manager))
        .flatMap(e -> e.getValue().stream())
        .anyMatch(p -> p.size() >= prefix.size() && p.subList(0, prefix.size()).equals(prefix));
  }

  void takeFromOthers(List<String> path, Manager manager) {
    fields.forEach(
        (other, paths) -> {
          if (!other.equals(manager)) {
            paths.remove(path);
          }
        });
  }

  void forget(List<String> path) {
    fields.values().forEach(paths -> paths.remove(path));
  }

  void set(Manager manager, Set<List<String>> paths) {
    fields.put(manager, new LinkedHashSet<>(paths));
  }

  void writeTo(ObjectNode object) {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    fields.forEach(
        (manager, paths) -> {
          if (!paths.isEmpty()) {
            ObjectNode entry = entries.addObject();
            entry.put("manager", manager.name());
            entry.put("operation", manager.operation());
            entry.put("apiVersion", object.path("apiVersion").asText());
            entry.put("fieldsType", "FieldsV1");
            write(paths, entry.putObject("fieldsV1"));
          }
        });
    object.withObject("/metadata").set("managedFields", entries);
  }

  private static void write(Set<List<String>> paths, ObjectNode tree) {
    for (List<String> path : paths) {
      ObjectNode node = tree;
      for (String segment : path) {
        node = node.get(segment) instanceof ObjectNode inner ? inner : node.putObject(segment);
      }
    }
  }

  private static void read(List<String> path, JsonNode tree, Set<List<String>> paths) {
    if (tree.isEmpty() && !path.isEmpty()) {
      paths.add(path);
    }
    tree.properties()
        .forEach(
            e -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(e.getKey());
              read(List.copyOf(longer), e.getValue(), paths);
            });
  }
}
