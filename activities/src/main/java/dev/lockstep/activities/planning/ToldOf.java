package dev.lockstep.activities.planning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.workflows.contract.Preparation;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds who wants to know of a run: the notifications that its input brings and those that the
 * worker knows; of two with one name the former.
 */
final class ToldOf {
  private final DefinitionSource source;

  ToldOf(DefinitionSource source) {
    this.source = source;
  }

  /** Never throws for what the plan will be refused for. */
  List<Notification> find(Preparation preparation) {
    JsonNode request = preparation.request();
    Subject subject = preparation.subject();
    Map<String, Notification> found = new LinkedHashMap<>();
    known().forEach(one -> found.put(one.name(), one));
    if (request.isObject()) {
      Definitions.loadRequest(request).notifications().forEach(one -> found.put(one.name(), one));
    }
    return found.values().stream().filter(one -> one.concerns(subject)).toList();
  }

  private List<Notification> known() {
    try {
      return source.read().notifications();
    } catch (UncheckedIOException e) {
      // A run that brings everything needs no folder; one that does not is told so by its plan.
      return List.of();
    }
  }
}
