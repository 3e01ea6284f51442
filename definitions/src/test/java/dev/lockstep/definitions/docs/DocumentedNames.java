package dev.lockstep.definitions.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The constants of an enum with the first sentences of their comments, from its source. */
final class DocumentedNames {
  private static final Pattern CONSTANT =
      Pattern.compile(
          "/\\*\\*\\s*((?:(?!\\*/).)*?)\\s*\\*/\\s*([A-Z][A-Z0-9_]+)\\b", Pattern.DOTALL);

  private DocumentedNames() {}

  /**
   * Reads them.
   *
   * @param source of the enum, from the folder of this module
   */
  static Map<String, String> in(String source) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    Matcher matcher = CONSTANT.matcher(Files.readString(Path.of(source)));
    while (matcher.find()) {
      found.put(matcher.group(2), plain(matcher.group(1)));
    }
    return found;
  }

  private static String plain(String comment) {
    return comment
        .replaceAll("\\s*\\n\\s*\\*?\\s*", " ")
        .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
        .strip();
  }
}
