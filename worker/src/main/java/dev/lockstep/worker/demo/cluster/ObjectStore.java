package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The objects of the simulated cluster. Hands out copies; whoever reads and writes what depends on
 * it does both inside of {@link #exclusively}.
 */
final class ObjectStore {
  private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
  private long version = 1000;

  /**
   * Where an object is.
   *
   * @param resource plural, such as {@code deployments}
   */
  record Place(String resource, String namespace, String name) {
    String key() {
      return resource + "/" + namespace + "/" + name;
    }
  }

  synchronized <T> T exclusively(Supplier<T> work) {
    return work.get();
  }

  /** Another number after each write. */
  synchronized long version() {
    return version;
  }

  synchronized Optional<ObjectNode> find(Place place) {
    return Optional.ofNullable(objects.get(place.key())).map(ObjectNode::deepCopy);
  }

  synchronized List<ObjectNode> list(String resource, String namespace) {
    List<ObjectNode> found = new ArrayList<>();
    String prefix = resource + "/" + namespace + "/";
    objects.tailMap(prefix, true).entrySet().stream()
        .takeWhile(e -> e.getKey().startsWith(prefix))
        .forEach(e -> found.add(e.getValue().deepCopy()));
    return found;
  }

  /** Names of the namespaces that have such objects. */
  synchronized List<Place> places(String resource) {
    return objects.keySet().stream()
        .filter(key -> key.startsWith(resource + "/"))
        .map(key -> key.split("/", 3))
        .map(parts -> new Place(parts[0], parts[1], parts[2]))
        .toList();
  }

  /** Stores a new state; gives an object without uid its identity. */
  synchronized ObjectNode put(Place place, ObjectNode object) {
    ObjectNode stored = object.deepCopy();
    ObjectNode metadata = stored.withObject("/metadata");
    metadata.put("namespace", place.namespace());
    metadata.put("name", place.name());
    if (!metadata.has("uid")) {
      metadata.put("uid", UUID.randomUUID().toString());
      metadata.put("creationTimestamp", now());
    }
    version++;
    metadata.put("resourceVersion", Long.toString(version));
    objects.put(place.key(), stored);
    return stored.deepCopy();
  }

  synchronized void remove(Place place) {
    version++;
    objects.remove(place.key());
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
