package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a regular expression of a definition must keep. */
final class RegularExpressions {
  private RegularExpressions() {}

  static void check(String path, String pattern, List<Problem> problems) {
    try {
      Pattern unused = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      problems.add(
          Problem.at(
              path,
              Code.VALUE_WRONG,
              "is `%s`, no regular expression: %s".formatted(pattern, e.getDescription())));
    }
  }
}
