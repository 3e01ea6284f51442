package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.worker.engine.RunKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of the definitions in the files is meant.
 *
 * @param kind absent: any that can be run
 * @param name absent: there is only one
 */
record Wanted(Optional<RunKind> kind, Optional<String> name) {
  static final Wanted ANY = new Wanted(Optional.empty(), Optional.empty());

  static Wanted of(Optional<RunKind> kind, @Nullable String name) {
    return new Wanted(kind, Optional.ofNullable(name));
  }

  /** The one that fits; anything else than one is said with what there is. */
  Definition of(List<Definition> runnables) {
    List<Definition> fitting = runnables.stream().filter(this::fits).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    String known =
        runnables.isEmpty()
            ? "none"
            : runnables.stream()
                .map(it -> kindOf(it) + " " + it.name())
                .collect(Collectors.joining(", "));
    String what = kind.map(RunKind::toString).orElse("definition to run");
    throw new CommandFailure(
        ExitCode.INVALID,
        name.isEmpty()
            ? "one " + what + " is needed, the files hold: " + known + "; choose with --name"
            : (fitting.isEmpty() ? "no " : "more than one ")
                + what
                + " is called "
                + name.get()
                + "; the files hold: "
                + known);
  }

  private boolean fits(Definition definition) {
    RunKind its = kindOf(definition);
    String wanted = name.orElse(definition.name());
    return kind.orElse(its) == its
        && RunKind.ofId(wanted).orElse(its) == its
        && its.bare(wanted).equals(definition.name());
  }

  /** The kind of a definition that can be run. */
  static RunKind kindOf(Definition definition) {
    return RunKind.of(Subject.of(definition));
  }
}
