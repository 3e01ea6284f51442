package dev.lockstep.definitions.docs;

import static java.util.Map.entry;

import dev.lockstep.definitions.lint.Hazards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables of all codes. */
final class CodeTables {
  private static final String MAIN = "src/main/java/dev/lockstep/definitions/";
  private static final String FAULTS =
      "../workflows/src/main/java/dev/lockstep/workflows/fault/FaultCode.java";
  private static final Pattern KIND = Pattern.compile("([A-Z_]+)\\(FaultKind\\.([A-Z]+)\\)");

  /** The rules of squawk and of strong_migrations that warn of the same thing. */
  private static final Map<Hazards, String> PEERS =
      Map.ofEntries(
          entry(Hazards.COLUMN_TYPE_32BIT, "squawk prefer-bigint-over-int, -smallint"),
          entry(Hazards.CHAR_TYPE, "squawk ban-char-field"),
          entry(Hazards.TIMESTAMP_WITHOUT_ZONE, "squawk prefer-timestamp-tz"),
          entry(
              Hazards.UNIQUE_ON_EXISTING,
              "squawk disallowed-unique-constraint; strong_migrations add_unique_constraint"),
          entry(
              Hazards.RESULT_TYPE_CHANGES,
              "squawk changing-column-type; strong_migrations change_column"),
          entry(Hazards.SQL_NOT_JUDGED, "strong_migrations execute"),
          entry(
              Hazards.SQL_BLOCKS,
              "squawk require-concurrent-index-creation, prefer-repack and others;"
                  + " strong_migrations add_index and others"),
          entry(
              Hazards.NULLS_REFUSED,
              "squawk adding-not-nullable-field; strong_migrations change_column_null"),
          entry(Hazards.NULLS_STOP_REVERT, "squawk ban-drop-not-null"),
          entry(
              Hazards.NO_OLD_CLIENT_PATTERN,
              "squawk ban-drop-column, renaming-column; strong_migrations remove_column,"
                  + " rename_column"));

  private CodeTables() {}

  static String hazards() throws IOException {
    Map<String, String> meanings = DocumentedNames.in(MAIN + "lint/Hazards.java");
    StringBuilder text = new StringBuilder();
    text.append("| code | level | what | fix | elsewhere |\n|---|---|---|---|---|\n");
    for (Hazards hazard : Hazards.values()) {
      text.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  hazard,
                  hazard.level().name().toLowerCase(Locale.ROOT),
                  meaning(meanings, hazard.name()),
                  hazard.fix(),
                  PEERS.getOrDefault(hazard, "")));
    }
    return text.toString();
  }

  static String problems() throws IOException {
    StringBuilder text = new StringBuilder("| code | meaning |\n|---|---|\n");
    DocumentedNames.in(MAIN + "check/Problem.java")
        .forEach((code, meaning) -> text.append("| `%s` | %s |\n".formatted(code, meaning)));
    return text.toString();
  }

  static String faults() throws IOException {
    Map<String, String> meanings = DocumentedNames.in(FAULTS);
    StringBuilder text = new StringBuilder("| code | kind | meaning |\n|---|---|---|\n");
    Matcher matcher = KIND.matcher(Files.readString(Path.of(FAULTS)));
    while (matcher.find()) {
      text.append(
          "| `%s` | %s | %s |\n"
              .formatted(
                  matcher.group(1),
                  matcher.group(2).toLowerCase(Locale.ROOT),
                  meaning(meanings, matcher.group(1))));
    }
    return text.toString();
  }

  private static String meaning(Map<String, String> meanings, String code) {
    String meaning = meanings.get(code);
    if (meaning == null) {
      throw new IllegalStateException(code + " has no comment in its source");
    }
    return meaning;
  }
}
