package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Owner references: which object controls which. */
final class Owners {
  private Owners() {}

  static ArrayNode controller(String kind, ObjectNode owner) {
    ArrayNode references = JsonNodeFactory.instance.arrayNode();
    references
        .addObject()
        .put("apiVersion", "apps/v1")
        .put("kind", kind)
        .put("name", owner.at("/metadata/name").asText())
        .put("uid", owner.at("/metadata/uid").asText())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    return references;
  }

  static boolean controls(ObjectNode owner, ObjectNode owned) {
    return owned
        .at("/metadata/ownerReferences/0/uid")
        .asText()
        .equals(owner.at("/metadata/uid").asText());
  }
}
