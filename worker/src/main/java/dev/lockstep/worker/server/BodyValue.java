package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.parameters.BodyPath;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single values of the body of a delivery. */
final class BodyValue {
  /** Bounds what an expression may have to try; names of branches have at most 255 bytes. */
  private static final int LONGEST = 500;

  private BodyValue() {}

  /** What stands at a path that the checks of definitions have let through. */
  static JsonNode at(JsonNode body, String path) {
    return body.at(BodyPath.of(path).orElseThrow().pointer());
  }

  /** The match of a whole value; none where the value is longer than any that is wanted. */
  static Optional<Matcher> match(String pattern, String value) {
    return Optional.of(value)
        .filter(text -> text.length() <= LONGEST)
        .map(text -> Pattern.compile(pattern).matcher(text))
        .filter(Matcher::matches);
  }
}
