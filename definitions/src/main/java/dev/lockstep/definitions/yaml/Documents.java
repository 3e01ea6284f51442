package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Definition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents of several sources and what is wrong with them. */
final class Documents {
  private static final Comparator<Problem> BY_LINE =
      Comparator.comparing(problem -> problem.place().map(Problem.Place::line).orElse(0));

  /** What a list holds, by its name; others hold databases. */
  private static final Map<String, String> KINDS = Map.of("stores", "Store", "backups", "Backup");

  private final List<Document> documents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /** Reads every document of a source. */
  void add(Source source) {
    if (source.defect().isPresent()) {
      problems.add(source.defect().get());
      return;
    }
    Problems found = new Problems(Optional.of(source.name()));
    YamlTrees yaml = new YamlTrees(found);
    List<Tree> trees = yaml.read(source.text());
    if (trees.isEmpty() && found.size() == 0) {
      found.add(Path.ROOT, Code.SYNTAX_WRONG, 1, "holds no definition");
    }
    trees.forEach(tree -> read(tree, Path.ROOT, found, yaml.sound(tree)));
    problems.addAll(found.all().stream().sorted(BY_LINE).toList());
  }

  /** Reads a JSON value: one document, or a list of them, where the kind may be left out. */
  void add(JsonNode json, String origin) {
    Path base = new Path(origin);
    Problems found = new Problems(Optional.empty());
    if (json.isArray()) {
      for (int index = 0; index < json.size(); index++) {
        JsonNode whole = whole(json.get(index), KINDS.getOrDefault(origin, "Database"));
        read(JsonTrees.of(whole), base.item(index), found, true);
      }
    } else {
      read(JsonTrees.of(json), base, found, true);
    }
    problems.addAll(found.all());
  }

  /** In a list, a document that says neither version nor kind is of the kind of the list. */
  private static JsonNode whole(JsonNode node, String kind) {
    if (!node.isObject() || node.has("kind") || node.has("apiVersion")) {
      return node;
    }
    ObjectNode whole = ((ObjectNode) node).objectNode();
    whole.put("apiVersion", DocumentTable.API_VERSION).put("kind", kind);
    return whole.setAll((ObjectNode) node);
  }

  private void read(Tree tree, Path base, Problems found, boolean sound) {
    int before = found.size();
    Optional<Definition> definition = DocumentTable.DOCUMENT.read(tree, base, found);
    boolean clean = sound && found.size() == before;
    documents.add(new Document(tree, found, base, definition, clean));
  }

  List<Document> all() {
    return List.copyOf(documents);
  }

  Reading reading() {
    return new Reading(
        documents.stream()
            .filter(Document::clean)
            .flatMap(document -> document.definition().stream())
            .toList(),
        problems);
  }
}
