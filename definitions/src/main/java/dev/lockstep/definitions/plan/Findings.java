package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem;
import java.util.ArrayList;
import java.util.List;

/** Problems as they are found. */
final class Findings {
  private final List<Problem> problems = new ArrayList<>();

  void add(String path, Problem.Code code, String message) {
    problems.add(Problem.at(path, code, message));
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  /** For what many changes have in common: the first path stands for all. */
  void addOnce(String path, Problem.Code code, String message) {
    if (problems.stream().noneMatch(p -> p.code() == code && p.message().equals(message))) {
      add(path, code, message);
    }
  }

  boolean none() {
    return problems.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(problems);
  }
}
