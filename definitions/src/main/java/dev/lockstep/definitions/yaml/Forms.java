package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.yaml.Tree.Entries;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The ways in which an object can be written: one of several sets of fields, whole, without any
 * field of the others.
 *
 * @param forms the sets; none: every set will do
 * @param read whether the reader insists; else only editors are told and the checks insist
 */
record Forms(List<List<String>> forms, boolean read) {
  /** No rule. */
  static final Forms ANY = new Forms(List.of(), true);

  /** One field each. */
  static Forms oneOf(String... fields) {
    return new Forms(List.of(fields).stream().map(List::of).toList(), true);
  }

  /** One field each, left to the checks of the model. */
  static Forms checkedOneOf(String... fields) {
    return new Forms(oneOf(fields).forms, false);
  }

  boolean hold(Entries map, Path path, Problems problems) {
    List<String> given =
        map.entries().stream().map(Tree.Entry::key).filter(this::isOfSomeForm).toList();
    boolean holds =
        !read
            || forms.isEmpty()
            || forms.stream().anyMatch(form -> form.containsAll(given) && given.containsAll(form));
    if (!holds) {
      String what = given.isEmpty() ? "has none" : "has " + String.join(" and ", given);
      String message = what + "; wanted exactly one form of: " + wanted();
      problems.add(path, Code.CHOICE_WRONG, map.line(), message);
    }
    return holds;
  }

  private boolean isOfSomeForm(String field) {
    return forms.stream().anyMatch(form -> form.contains(field));
  }

  private String wanted() {
    return forms.stream()
        .map(form -> String.join(" with ", form))
        .collect(Collectors.joining(", or "));
  }

  void describe(ObjectNode schema) {
    if (forms.isEmpty()) {
      return;
    }
    ArrayNode choices = schema.putArray("oneOf");
    for (List<String> form : forms) {
      ObjectNode choice = choices.addObject();
      form.forEach(choice.putArray("required")::add);
    }
    List<String> withPartners =
        forms.stream().filter(form -> form.size() > 1).flatMap(List::stream).toList();
    if (!withPartners.isEmpty()) {
      ObjectNode dependencies = schema.putObject("dependencies");
      forms.stream()
          .filter(form -> form.size() > 1)
          .forEach(form -> form.forEach(field -> partners(dependencies, form, field)));
    }
  }

  private static void partners(ObjectNode dependencies, List<String> form, String field) {
    ArrayNode partners = dependencies.putArray(field);
    form.stream().filter(other -> !other.equals(field)).forEach(partners::add);
  }
}
