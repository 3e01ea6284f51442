package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.worker.demo.cluster.Managers.Manager;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes of Deployments by field managers.
 *
 * <p>Apply, as the API server does it: (1) fields that another manager owns with another value are
 * conflicts, unless forced; (2) the request is merged; (3) fields that the same manager applied
 * before and does not send now are removed, unless somebody else owns them; (4) the manager owns
 * exactly what it sent; forced fields are taken from the others. Nothing changed: the version
 * stays.
 */
final class DeploymentWrites {
  private final ObjectStore store;

  private volatile UnaryOperator<ObjectNode> admission = UnaryOperator.identity();

  DeploymentWrites(ObjectStore store) {
    this.store = store;
  }

  /**
   * How a request is to be done.
   *
   * @param dryRun whether only the answer is made
   */
  record Mode(Manager manager, boolean force, boolean dryRun) {}

  /** What a mutating webhook makes of every new state. */
  void admitBy(UnaryOperator<ObjectNode> webhook) {
    admission = webhook;
  }

  ObjectNode apply(ObjectStore.Place place, ObjectNode request, Mode mode) {
    return store.exclusively(
        () -> {
          ObjectNode live = existing(place, request);
          Managers managers = Managers.of(live);
          ObjectNode merged = live.deepCopy();
          Set<List<String>> sent = Fields.of(request);
          settleConflicts(live, request, managers, mode);
          mergeOwned(merged, request);
          removeUnsent(merged, sent, managers, mode.manager());
          managers.set(mode.manager(), sent);
          managers.writeTo(merged);
          return finish(place, live, merged, mode.dryRun());
        });
  }

  /** Replaces by a changed copy; whatever differs belongs to the manager from now on. */
  ObjectNode update(ObjectStore.Place place, ObjectNode changed, Mode mode) {
    return store.exclusively(
        () -> {
          ObjectNode live = existing(place, changed);
          Managers managers = Managers.of(live);
          Set<List<String>> owned = new LinkedHashSet<>(managers.ownedBy(mode.manager()));
          Set<List<String>> paths = new LinkedHashSet<>(Fields.of(live));
          Set<List<String>> present = Fields.of(changed);
          paths.addAll(present);
          for (List<String> path : paths) {
            if (!Fields.find(live, path).equals(Fields.find(changed, path))) {
              managers.forget(path);
              owned.remove(path);
              if (present.contains(path)) {
                owned.add(path);
              }
            }
          }
          managers.set(mode.manager(), owned);
          ObjectNode merged = changed.deepCopy();
          managers.writeTo(merged);
          return finish(place, live, merged, mode.dryRun());
        });
  }

  private ObjectNode existing(ObjectStore.Place place, ObjectNode request) {
    ObjectNode live =
        store
            .find(place)
            .orElseThrow(
                () ->
                    new Refusal(
                        404, "NotFound", "deployments.apps \"" + place.name() + "\" not found"));
    requireSame("uid", live, request);
    requireSame("resourceVersion", live, request);
    return live;
  }

  private static void requireSame(String field, ObjectNode live, ObjectNode request) {
    String asked = request.path("metadata").path(field).asText("");
    if (!asked.isEmpty() && !asked.equals(live.path("metadata").path(field).asText())) {
      throw new Refusal(
          409,
          "Conflict",
          "Operation cannot be fulfilled on deployments.apps \""
              + live.path("metadata").path("name").asText()
              + "\": the object has been modified; please apply your changes to the latest version"
              + " and try again");
    }
  }

  private static void settleConflicts(
      ObjectNode live, ObjectNode request, Managers managers, Mode mode) {
    for (List<String> path : Fields.of(request)) {
      Optional<JsonNode> present = Fields.find(live, path);
      List<String> others = managers.othersOwning(path, mode.manager());
      if (others.isEmpty() || present.equals(Fields.find(request, path))) {
        continue;
      }
      if (!mode.force()) {
        throw new Refusal(
            409,
            "Conflict",
            "Apply failed with 1 conflict: conflict with \""
                + String.join(", ", others)
                + "\": "
                + String.join(".", path));
      }
      managers.takeFromOthers(path, mode.manager());
    }
  }

  private static void mergeOwned(ObjectNode merged, ObjectNode request) {
    ObjectNode fields = request.deepCopy();
    JsonNode metadata = fields.path("metadata");
    if (metadata instanceof ObjectNode names) {
      names.retain("labels", "annotations");
    }
    fields.retain("metadata", "spec");
    Fields.merge(merged, fields);
  }

  private static void removeUnsent(
      ObjectNode merged, Set<List<String>> sent, Managers managers, Manager manager) {
    for (List<String> path : managers.ownedBy(manager)) {
      if (!sent.contains(path) && !managers.othersNeed(path, manager)) {
        Fields.remove(merged, path);
      }
    }
  }

  private ObjectNode finish(
      ObjectStore.Place place, ObjectNode live, ObjectNode wanted, boolean dryRun) {
    ObjectNode merged = admission.apply(wanted);
    requireValid(merged);
    if (!live.path("spec").equals(merged.path("spec"))) {
      merged
          .withObject("/metadata")
          .put("generation", live.path("metadata").path("generation").asLong() + 1);
    }
    if (dryRun || live.equals(merged)) {
      return merged;
    }
    return store.put(place, merged);
  }

  private static void requireValid(ObjectNode deployment) {
    JsonNode containers = deployment.at("/spec/template/spec/containers");
    if (containers.isEmpty()) {
      throw invalid("spec.template.spec.containers: Required value");
    }
    for (JsonNode container : containers) {
      if (container.path("image").asText("").isEmpty()) {
        throw invalid(
            "spec.template.spec.containers["
                + container.path("name").asText()
                + "].image:"
                + " Required value");
      }
    }
  }

  private static Refusal invalid(String what) {
    return new Refusal(422, "Invalid", "Deployment.apps is invalid: " + what);
  }
}
