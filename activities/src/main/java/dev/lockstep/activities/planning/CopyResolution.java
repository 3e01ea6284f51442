package dev.lockstep.activities.planning;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds the definitions that the input of a backup, a restore or a drill means: first among its
 * own, then among those that the worker knows.
 */
final class CopyResolution {
  private final Definitions nearest;
  private final DefinitionSource source;
  private final PlanRequest request;

  private CopyResolution(Definitions nearest, DefinitionSource source, PlanRequest request) {
    this.nearest = nearest;
    this.source = source;
    this.request = request;
  }

  static CopyResolution of(PlanRequest request, DefinitionSource source) {
    if (!request.parameters().isEmpty()) {
      throw Faults.failure(
          FaultCode.DEFINITION_WRONG,
          "parameters: only a migration has places for them; given: "
              + request.parameters().keySet(),
          "");
    }
    Definitions nearest =
        request.name().isPresent() ? source.read() : Definitions.loadRequest(request.tree());
    // What the input does not hold the worker may know; what neither knows is said when it is
    // asked.
    requireNone(
        nearest.problems().stream()
            .filter(problem -> problem.code() != Problem.Code.REFERENCE_UNKNOWN)
            .toList());
    return new CopyResolution(nearest, source, request);
  }

  /** The definition to run. */
  <D extends Definition> D subject(Class<D> type) {
    if (request.name().isPresent()) {
      return find(type, request.name().get());
    }
    List<Definition> runnable = nearest.runnables();
    return runnable.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(
            () ->
                Faults.failure(
                    FaultCode.DEFINITION_WRONG,
                    "definition: a " + type.getSimpleName() + " is needed",
                    ""));
  }

  /** The definition of this name, which another one refers to. */
  <D extends Definition> D find(Class<D> type, String name) {
    return nearest
        .find(type, name)
        .or(() -> source.read().find(type, name))
        .orElseThrow(
            () ->
                Faults.failure(
                    FaultCode.DEFINITION_UNKNOWN,
                    "the "
                        + type.getSimpleName().toLowerCase(Locale.ROOT)
                        + " "
                        + name
                        + " is neither given nor known to the worker",
                    ""));
  }

  private static void requireNone(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw Faults.failure(
          FaultCode.DEFINITION_WRONG,
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
          "");
    }
  }
}
