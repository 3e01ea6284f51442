package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Definition;
import java.util.List;
import java.util.Optional;

/**
 * The definitions that a reference may mean.
 *
 * @param unreadable names of those that exist but could not be read, of any kind
 */
record Known(List<Definition> definitions, List<String> unreadable) {
  <D extends Definition> Optional<D> find(Class<D> kind, String name) {
    return definitions.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(definition -> definition.name().equals(name))
        .findFirst();
  }

  /** The definition that is referred to; a problem where there is none. */
  <D extends Definition> Optional<D> refer(Class<D> kind, Reference reference) {
    Optional<D> found = find(kind, reference.name());
    if (found.isEmpty() && !unreadable.contains(reference.name())) {
      reference
          .problems()
          .add(
              Problem.at(
                  reference.path(),
                  Code.REFERENCE_UNKNOWN,
                  "is `%s`, but there is no %s of this name; %s"
                      .formatted(reference.name(), kind.getSimpleName(), names(kind))));
    }
    return found;
  }

  private String names(Class<? extends Definition> kind) {
    List<String> names =
        definitions.stream()
            .filter(kind::isInstance)
            .map(Definition::name)
            .distinct()
            .sorted()
            .toList();
    return names.isEmpty() ? "none is given" : "known: " + String.join(", ", names);
  }

  /** A name, and where it is written. */
  record Reference(String path, String name, List<Problem> problems) {}
}
