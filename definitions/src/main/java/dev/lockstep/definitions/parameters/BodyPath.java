package dev.lockstep.definitions.parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path to one value of a JSON document: the part of JSONPath that names exactly one.
 *
 * @param parts names of fields and numbers of entries, from the outside
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9535">RFC 9535</a>
 */
public record BodyPath(List<String> parts) {
  /** What a message asks for. */
  public static final String WANTED =
      "a path to one value, such as $.head_commit.id or $.commits[0]['id']";

  private static final Pattern PART =
      Pattern.compile("\\.([A-Za-z_][-A-Za-z0-9_]*)|\\[([0-9]{1,4})]|\\['([^'\\[\\]]{1,100})']");

  public BodyPath {
    parts = List.copyOf(parts);
  }

  /** Reads it; empty: it is none. */
  public static Optional<BodyPath> of(String text) {
    if (!text.startsWith("$") || text.length() < 2) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(text);
    int at = 1;
    while (at < text.length()) {
      part.region(at, text.length());
      if (!part.lookingAt()) {
        return Optional.empty();
      }
      for (int group = 1; group <= part.groupCount(); group++) {
        Optional.ofNullable(part.group(group)).ifPresent(parts::add);
      }
      at = part.end();
    }
    return Optional.of(new BodyPath(parts));
  }

  /**
   * The same as a JSON pointer.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
   */
  public String pointer() {
    StringBuilder pointer = new StringBuilder();
    parts.forEach(part -> pointer.append('/').append(part.replace("~", "~0").replace("/", "~1")));
    return pointer.toString();
  }
}
