package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.parameters.BodyPath;
import dev.lockstep.definitions.parameters.Parameters;
import dev.lockstep.definitions.parameters.Places;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a trigger's parameters must keep: each is one that the migration has, and all are there. */
record TriggerParameterChecks(Known known, List<Problem> problems) {
  private static final String PATH = "spec.parameters";

  void check(Trigger trigger) {
    trigger.parameters().forEach(this::check);
    if (trigger.parameters().keySet().stream().allMatch(TriggerParameterChecks::isName)) {
      compare(trigger);
    }
  }

  private void compare(Trigger trigger) {
    SortedSet<String> wanted = wanted(trigger);
    SortedSet<String> unused = new TreeSet<>(trigger.parameters().keySet());
    unused.removeAll(wanted);
    unused.forEach(
        name ->
            add(
                PATH + "." + name,
                Code.REFERENCE_UNKNOWN,
                "has no place ${%s} in what is run; it has %s"
                    .formatted(name, wanted.isEmpty() ? "none" : String.join(", ", wanted))));
    SortedSet<String> missing = new TreeSet<>(wanted);
    missing.removeAll(trigger.parameters().keySet());
    missing.forEach(
        name ->
            add(
                PATH,
                Code.FIELD_MISSING,
                "has no %s, without which %s cannot run; wanted a parameter of that name"
                    .formatted(name, trigger.run().name())));
  }

  private SortedSet<String> wanted(Trigger trigger) {
    return trigger.run().kind() == Subject.Kind.MIGRATION
        ? known
            .find(Migration.class, trigger.run().name())
            .map(Parameters::of)
            .orElseGet(() -> new TreeSet<>(trigger.parameters().keySet()))
        : new TreeSet<>();
  }

  private void check(String name, Trigger.Parameter parameter) {
    String path = PATH + "." + name;
    if (!isName(name)) {
      add(path, Code.VALUE_WRONG, "is no name of a parameter; wanted " + Places.NAME_WANTED);
    }
    if (BodyPath.of(parameter.from()).isEmpty()) {
      add(
          path + ".from",
          Code.VALUE_WRONG,
          "is `" + parameter.from() + "`; wanted " + BodyPath.WANTED);
    }
    RegularExpressions.check(path + ".pattern", parameter.pattern(), problems);
  }

  private static boolean isName(String name) {
    return Places.NAME.matcher(name).matches();
  }

  private void add(String path, Code code, String message) {
    problems.add(Problem.at(path, code, message));
  }
}
