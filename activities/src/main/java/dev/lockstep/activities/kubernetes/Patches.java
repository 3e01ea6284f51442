package dev.lockstep.activities.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;

/**
 * A JSON merge patch that the server refuses where the object is another version by now.
 *
 * @param annotations null removes one
 * @param spec what changes of it
 */
record Patches(ObjectNode annotations, ObjectNode spec) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Patches() {
    this(JSON.createObjectNode(), JSON.createObjectNode());
  }

  /** The request's body for an object as it was read. */
  String json(ObjectMeta read) {
    ObjectNode patch = JSON.createObjectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("resourceVersion", read.getResourceVersion());
    metadata.set("annotations", annotations);
    patch.set("spec", spec);
    try {
      return JSON.writeValueAsString(patch);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** An annotation of an object. */
  static Optional<String> annotation(HasMetadata object, String name) {
    return Optional.ofNullable(object.getMetadata().getAnnotations()).map(all -> all.get(name));
  }
}
