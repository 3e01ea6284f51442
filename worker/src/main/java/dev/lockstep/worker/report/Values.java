package dev.lockstep.worker.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.protobuf.Timestamp;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Values of a history. What another version wrote and this one cannot read is absent. */
final class Values {
  private Values() {}

  /** A value as it is; missing where it is no JSON. */
  static JsonNode tree(Payloads payloads, int at) {
    return at < payloads.getPayloadsCount()
        ? tree(payloads.getPayloads(at))
        : MissingNode.getInstance();
  }

  static JsonNode tree(Payload payload) {
    try {
      JsonNode tree = Wire.mapper().readTree(payload.getData().toByteArray());
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  static <T> Optional<T> read(JsonNode tree, Class<T> type) {
    if (tree.isMissingNode() || tree.isNull()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wire.read(tree, type));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Optional<String> text(JsonNode tree, String field) {
    return Optional.of(tree.path(field).asText("")).filter(text -> !text.isBlank());
  }

  static Instant time(HistoryEvent event) {
    Timestamp time = event.getEventTime();
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
