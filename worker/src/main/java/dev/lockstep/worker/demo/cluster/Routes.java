package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.worker.demo.cluster.ApiServer.Answer;
import dev.lockstep.worker.demo.cluster.Managers.Manager;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the simulated API server serves: the few resources that a rollout needs. No watches. */
final class Routes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api|apis/apps)/v1/namespaces/([^/]+)/(deployments|replicasets|pods|events)"
              + "(?:/([^/]+))?(/log)?");
  private static final Map<String, String> KINDS =
      Map.of(
          "deployments", "Deployment",
          "replicasets", "ReplicaSet",
          "pods", "Pod",
          "events", "Event");

  private final ObjectStore store;
  private final DeploymentWrites writes;
  private final Pods pods;

  Routes(ObjectStore store, DeploymentWrites writes, Pods pods) {
    this.store = store;
    this.writes = writes;
    this.pods = pods;
  }

  /** A request as it came. */
  record Request(String method, URI uri, String type, String body) {
    Map<String, String> query() {
      Map<String, String> parameters = new TreeMap<>();
      if (uri.getRawQuery() != null) {
        Arrays.stream(uri.getRawQuery().split("&", -1))
            .map(pair -> pair.split("=", 2))
            .forEach(
                pair -> parameters.put(decode(pair[0]), pair.length > 1 ? decode(pair[1]) : ""));
      }
      return parameters;
    }

    private static String decode(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }

  Answer answer(Request request) {
    if (request.uri().getPath().equals("/version")) {
      ObjectNode version = JSON.createObjectNode().put("major", "1").put("minor", "34");
      return Answer.json(version.put("gitVersion", "v1.34.0+simulated"));
    }
    Matcher path = PATH.matcher(request.uri().getPath());
    if (!path.matches() || request.query().containsKey("watch")) {
      throw new Refusal(
          404, "NotFound", "the simulated cluster does not serve " + request.uri().getPath());
    }
    String name = path.group(3);
    if (name == null) {
      return list(path.group(2), path.group(1), request.query());
    }
    ObjectStore.Place place = new ObjectStore.Place(path.group(2), path.group(1), name);
    if (request.method().equals("GET")) {
      ObjectNode object = find(place);
      return path.group(4) == null
          ? Answer.json(object)
          : new Answer(200, "text/plain", pods.log(object));
    }
    if (request.method().equals("PATCH") && place.resource().equals("deployments")) {
      return Answer.json(patch(place, request));
    }
    throw new Refusal(405, "MethodNotAllowed", request.method() + " is not simulated");
  }

  private ObjectNode patch(ObjectStore.Place place, Request request) {
    Map<String, String> query = request.query();
    String manager = query.getOrDefault("fieldManager", "");
    boolean force = Boolean.parseBoolean(query.getOrDefault("force", "false"));
    boolean dryRun = query.getOrDefault("dryRun", "").equals("All");
    ObjectNode body = read(request);
    if (request.type().startsWith("application/apply-patch+yaml")) {
      if (manager.isEmpty()) {
        throw new Refusal(400, "BadRequest", "fieldManager is required for apply patch");
      }
      return writes.apply(
          place, body, new DeploymentWrites.Mode(Manager.applying(manager), force, dryRun));
    }
    if (request.type().startsWith("application/merge-patch+json")) {
      return store.exclusively(
          () -> {
            ObjectNode changed = find(place);
            mergePatch(changed, body);
            return writes.update(
                place,
                changed,
                new DeploymentWrites.Mode(Manager.updating(manager), false, dryRun));
          });
    }
    throw new Refusal(415, "UnsupportedMediaType", request.type() + " is not simulated");
  }

  /** RFC 7396. */
  private static void mergePatch(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            e -> {
              JsonNode value = e.getValue();
              if (value.isNull()) {
                target.remove(e.getKey());
              } else if (value instanceof ObjectNode inner) {
                if (!(target.get(e.getKey()) instanceof ObjectNode)) {
                  target.set(e.getKey(), JsonNodeFactory.instance.objectNode());
                }
                mergePatch((ObjectNode) target.get(e.getKey()), inner);
              } else {
                target.set(e.getKey(), value);
              }
            });
  }

  private static ObjectNode read(Request request) {
    try {
      return (ObjectNode) JSON.readTree(request.body());
    } catch (JsonProcessingException | ClassCastException unreadable) {
      throw new Refusal(400, "BadRequest", "the body is not a JSON object");
    }
  }

  private ObjectNode find(ObjectStore.Place place) {
    return store
        .find(place)
        .orElseThrow(
            () ->
                new Refusal(
                    404, "NotFound", place.resource() + " \"" + place.name() + "\" not found"));
  }

  private Answer list(String resource, String namespace, Map<String, String> query) {
    Predicate<JsonNode> labels =
        selecting(query.getOrDefault("labelSelector", ""), "/metadata/labels");
    Predicate<JsonNode> fields = selectingFields(query.getOrDefault("fieldSelector", ""));
    ObjectNode list = JSON.createObjectNode();
    list.put("kind", KINDS.get(resource) + "List");
    list.put("apiVersion", resource.equals("pods") || resource.equals("events") ? "v1" : "apps/v1");
    list.putObject("metadata").put("resourceVersion", "1");
    List<ObjectNode> found = store.list(resource, namespace);
    list.putArray("items").addAll(found.stream().filter(labels).filter(fields).toList());
    return Answer.json(list);
  }

  private static Predicate<JsonNode> selecting(String selector, String where) {
    Predicate<JsonNode> all = object -> true;
    for (String requirement : terms(selector)) {
      String[] pair = requirement.split("==?", 2);
      all = all.and(o -> o.at(where).path(pair[0]).asText().equals(pair[pair.length - 1]));
    }
    return all;
  }

  private static Predicate<JsonNode> selectingFields(String selector) {
    Predicate<JsonNode> all = object -> true;
    for (String requirement : terms(selector)) {
      String[] pair = requirement.split("==?", 2);
      all = all.and(selecting("name=" + pair[pair.length - 1], "/involvedObject"));
    }
    return all;
  }

  private static List<String> terms(String selector) {
    return selector.isEmpty() ? List.of() : List.of(selector.split(",", -1));
  }
}
