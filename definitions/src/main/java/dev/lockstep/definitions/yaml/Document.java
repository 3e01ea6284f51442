package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.yaml.Tree.Entries;
import dev.lockstep.definitions.yaml.Tree.Entry;
import dev.lockstep.definitions.yaml.Tree.Items;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A document that was read.
 *
 * @param problems those of the whole source, to which places are given
 * @param base what stands before every path of it; empty for a document of a file
 * @param definition empty where a field that it needs is missing or wrong
 * @param clean whether there was no problem with it
 */
record Document(
    Tree tree, Problems problems, Path base, Optional<Definition> definition, boolean clean) {
  /** The name it gives itself, also where the rest is wrong. */
  Optional<String> name() {
    return step(tree, "metadata")
        .flatMap(metadata -> step(metadata.value(), "name"))
        .map(Entry::value)
        .filter(Leaf.class::isInstance)
        .map(name -> ((Leaf) name).text());
  }

  /** The problem with its place and its full path. */
  Problem located(Problem problem) {
    String path = base.text().isEmpty() ? problem.path() : base.field(problem.path()).text();
    Optional<Problem.Place> place =
        problem.place().or(() -> problems.place(lineOf(problem.path())));
    return new Problem(problem.code(), path, problem.message(), place);
  }

  /** The line of a path, or of the nearest thing around it that is written. */
  private int lineOf(String path) {
    Tree tree = this.tree;
    int line = tree.line();
    for (String name : names(path)) {
      Optional<Entry> entry = step(tree, name);
      if (entry.isEmpty()) {
        return line;
      }
      line = entry.get().line();
      tree = entry.get().value();
    }
    return line;
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("[.\\[]", -1)) {
      names.add(name);
    }
    return names;
  }

  private static Optional<Entry> step(Tree tree, String name) {
    if (tree instanceof Entries map) {
      return map.entries().stream().filter(entry -> entry.key().equals(name)).findFirst();
    }
    if (tree instanceof Items list && name.matches("[0-9]{1,6}]")) {
      int index = Integer.parseInt(name.substring(0, name.length() - 1));
      return index < list.items().size()
          ? Optional.of(new Entry(name, list.items().get(index), list.items().get(index).line()))
          : Optional.empty();
    }
    return Optional.empty();
  }
}
