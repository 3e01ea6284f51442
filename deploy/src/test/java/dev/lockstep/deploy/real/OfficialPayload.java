package dev.lockstep.deploy.real;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A delivery as its service publishes it.
 *
 * @param source where it stands, for messages
 * @param header the event, as the service's header names it
 */
record OfficialPayload(String source, String header, String body, JsonNode tree) {
  /**
   * The header of each kind of webhook of GitLab.
   *
   * @see <a href="https://docs.gitlab.com/user/project/integrations/webhook_events/">GitLab</a>
   */
  private static final Map<String, String> GITLAB_HEADERS =
      Map.ofEntries(
          Map.entry("push", "Push Hook"),
          Map.entry("tag_push", "Tag Push Hook"),
          Map.entry("issue", "Issue Hook"),
          Map.entry("note", "Note Hook"),
          Map.entry("merge_request", "Merge Request Hook"),
          Map.entry("wiki_page", "Wiki Page Hook"),
          Map.entry("pipeline", "Pipeline Hook"),
          Map.entry("build", "Job Hook"),
          Map.entry("deployment", "Deployment Hook"),
          Map.entry("feature_flag", "Feature Flag Hook"),
          Map.entry("release", "Release Hook"),
          Map.entry("emoji", "Emoji Hook"),
          Map.entry("milestone", "Milestone Hook"),
          Map.entry("access_token", "Resource Access Token Hook"),
          Map.entry("vulnerability", "Vulnerability Hook"),
          Map.entry("user_add_to_group", "Member Hook"),
          Map.entry("project_create", "Project Hook"),
          Map.entry("subgroup_create", "Subgroup Hook"));

  /**
   * Those of GitHub and of its versions for servers, each once, though several versions have it.
   *
   * @param folder with a folder for each version
   */
  static Collection<OfficialPayload> gitHub(Path folder) throws IOException {
    Map<List<String>, OfficialPayload> found = new LinkedHashMap<>();
    for (Path file : files(folder, "index.json")) {
      for (JsonNode event : Wire.mapper().readTree(file.toFile())) {
        String name = event.path("name").asText();
        for (JsonNode example : event.path("examples")) {
          String body = example.toString();
          String source = folder.relativize(file) + " " + name + " " + found.size();
          found.putIfAbsent(List.of(name, body), new OfficialPayload(source, name, body, example));
        }
      }
    }
    return found.values();
  }

  /**
   * Those of GitLab.
   *
   * @param folder with {@code webhooks} and {@code systemhooks}
   */
  static Collection<OfficialPayload> gitLab(Path folder) throws IOException {
    Map<String, OfficialPayload> found = new LinkedHashMap<>();
    for (Path file : files(folder, ".json")) {
      String body = Files.readString(file);
      String source = folder.relativize(file).toString();
      JsonNode tree = Wire.mapper().readTree(body);
      String header =
          source.startsWith("systemhooks")
              ? "System Hook"
              : Objects.requireNonNull(GITLAB_HEADERS.get(gitLabKind(tree)), source);
      found.put(source, new OfficialPayload(source, header, body, tree));
    }
    return found.values();
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  private static String gitLabKind(JsonNode tree) {
    return tree.path("object_kind").asText(tree.path("event_name").asText());
  }

  /** Of GitLab: the event, as the body names it. */
  String kind() {
    return gitLabKind(tree);
  }

  /** What stands at a JSON pointer; empty where there is nothing. */
  String at(String pointer) {
    return tree.at(pointer).asText("");
  }

  /** The first place of these that has a commit. */
  Optional<String> commit(List<String> pointers) {
    return pointers.stream().map(this::at).filter(sha -> sha.matches("[0-9a-f]{40}")).findFirst();
  }

  /** The same with another letter or digit somewhere in it. */
  String changed() {
    int middle = body.length() / 2;
    char other = body.charAt(middle) == 'x' ? 'y' : 'x';
    return body.substring(0, middle) + other + body.substring(middle + 1);
  }
}
