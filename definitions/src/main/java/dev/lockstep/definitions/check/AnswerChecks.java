package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Restore.Check;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the questions to a restored database must keep. */
public final class AnswerChecks {
  /**
   * A sign and a value, or a value that begins with none of a sign's letters. What is bigger or
   * smaller is a number.
   */
  public static final Pattern EXPECTATION =
      Pattern.compile(
          "^(([<>]=?\\s*-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?\\s*)"
              + "|(!?=(?![=<>~])[\\s\\S]*)"
              + "|([^=<>!\\s][\\s\\S]*))$");

  /** Each is asked by itself, and each is a step of the plan. */
  static final int MOST_CHECKS = 50;

  private final List<Problem> problems;

  AnswerChecks(List<Problem> problems) {
    this.problems = problems;
  }

  void check(List<Check> checks) {
    if (checks.size() > MOST_CHECKS) {
      wrong("spec.checks", "are " + checks.size() + "; wanted at most " + MOST_CHECKS);
    }
    Set<String> names = new LinkedHashSet<>();
    for (int index = 0; index < checks.size(); index++) {
      Check check = checks.get(index);
      String path = "spec.checks[" + index + "]";
      Labels.check(path + ".name", check.name(), problems);
      if (!names.add(check.name())) {
        problems.add(
            Problem.at(
                path + ".name",
                Code.NAME_TAKEN,
                "is `" + check.name() + "`, which an earlier check has already"));
      }
      if (!SignalChecks.isQuery(check.query())) {
        wrong(
            path + ".query",
            "does not look like a query; wanted one SELECT that gives one value, without ; at its"
                + " end");
      }
      if (!EXPECTATION.matcher(check.expect()).matches()) {
        wrong(
            path + ".expect",
            "is `%s`; wanted a value, = VALUE, != VALUE, > NUMBER, >= NUMBER, < NUMBER or <= NUMBER"
                .formatted(check.expect()));
      }
    }
  }

  private void wrong(String path, String message) {
    problems.add(Problem.at(path, Code.VALUE_WRONG, message));
  }
}
