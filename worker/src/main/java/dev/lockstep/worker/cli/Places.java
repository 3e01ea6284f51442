package dev.lockstep.worker.cli;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.yaml.Definitions;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the text that this command read says what a run complains about. A run gets its definition
 * as JSON and knows paths only; the file and line are known here.
 */
interface Places {
  /** For a definition that was only named. */
  Places UNKNOWN = message -> message;

  /** The message with {@code file:line} instead of {@code definition.} before each known path. */
  String in(String message);

  /** Those of a definition in files. */
  static Places of(Definitions definitions, Definition definition) {
    Pattern problem = Pattern.compile("^definition\\.([^:\\s]+): ", Pattern.MULTILINE);
    return message ->
        problem
            .matcher(message)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        place(definitions, definition, found) + found.group(1) + ": "));
  }

  private static String place(Definitions definitions, Definition definition, MatchResult found) {
    Optional<Problem.Place> place =
        definitions
            .located(definition, Problem.at(found.group(1), Problem.Code.VALUE_WRONG, ""))
            .place();
    return place.map(it -> it.file() + ":" + it.line() + ": ").orElse("definition.");
  }
}
