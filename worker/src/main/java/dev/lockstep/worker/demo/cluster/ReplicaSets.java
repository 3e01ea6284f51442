package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The templates that a Deployment has had, one ReplicaSet each. */
final class ReplicaSets {
  static final String REVISION = "deployment.kubernetes.io/revision";

  private static final String RESOURCE = "replicasets";
  private static final String HASH = "pod-template-hash";

  private final ObjectStore store;

  ReplicaSets(ObjectStore store) {
    this.store = store;
  }

  List<ObjectNode> of(ObjectNode deployment) {
    return store.list(RESOURCE, deployment.at("/metadata/namespace").asText()).stream()
        .filter(set -> Owners.controls(deployment, set))
        .toList();
  }

  /** The one of the template as it is now, where it exists. */
  Optional<ObjectNode> current(ObjectNode deployment) {
    return store.find(place(deployment));
  }

  /** The same; made, or made the newest again, where it is not. */
  ObjectNode ensureCurrent(ObjectNode deployment) {
    ObjectNode set = current(deployment).orElseGet(() -> create(deployment));
    long newest = of(deployment).stream().mapToLong(ReplicaSets::revision).max().orElse(0);
    if (revision(set) == newest && newest > 0) {
      return set;
    }
    set.withObject("/metadata/annotations").put(REVISION, Long.toString(newest + 1));
    return store.put(place(deployment), set);
  }

  static long revision(ObjectNode set) {
    return set.path("metadata").path("annotations").path(REVISION).asLong();
  }

  private ObjectNode create(ObjectNode deployment) {
    String hash = hash(deployment);
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    set.put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
    set.set("metadata", JsonNodeFactory.instance.objectNode());
    set.withObject("/metadata").set("ownerReferences", Owners.controller("Deployment", deployment));
    ObjectNode spec = set.putObject("spec");
    spec.set("selector", deployment.at("/spec/selector").deepCopy());
    spec.withObject("/selector/matchLabels").put(HASH, hash);
    spec.set("template", deployment.at("/spec/template").deepCopy());
    spec.withObject("/template/metadata/labels").put(HASH, hash);
    JsonNode labels = spec.at("/template/metadata/labels").deepCopy();
    set.withObject("/metadata").set("labels", labels);
    return set;
  }

  private static ObjectStore.Place place(ObjectNode deployment) {
    return new ObjectStore.Place(
        RESOURCE,
        deployment.at("/metadata/namespace").asText(),
        deployment.at("/metadata/name").asText() + "-" + hash(deployment));
  }

  private static String hash(ObjectNode deployment) {
    return Integer.toHexString(deployment.at("/spec/template").toString().hashCode());
  }
}
