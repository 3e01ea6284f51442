package dev.lockstep.deploy.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What clients felt during runs, for people and machines: {@code target/traffic-report.md} and
 * {@code .json}. A section stands for the last time that its test ran.
 */
final class TrafficReport {
  private static final Path JSON_FILE = Path.of("target", "traffic-report.json");
  private static final Path TEXT_FILE = Path.of("target", "traffic-report.md");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private TrafficReport() {}

  /**
   * One run.
   *
   * @param phases in their order
   * @param figures of the run, such as the rows that it filled
   * @param answers by version of the application
   */
  record Section(
      Map<String, TrafficLog.Line> phases,
      List<String> failures,
      Map<String, Long> figures,
      Map<String, Long> answers) {}

  /** Writes a section, or replaces the one of that title. */
  static synchronized void note(String title, Section section) throws IOException {
    Map<String, Section> sections = new LinkedHashMap<>();
    if (Files.exists(JSON_FILE)) {
      sections.putAll(JSON.readValue(JSON_FILE.toFile(), new TypeReference<>() {}));
    }
    sections.put(title, section);
    Files.createDirectories(Path.of("target"));
    JSON.writeValue(JSON_FILE.toFile(), sections);
    StringBuilder text = new StringBuilder("# Traffic during runs: 200 requests a second\n");
    sections.forEach((name, it) -> text.append(text(name, it)));
    Files.writeString(TEXT_FILE, text);
  }

  private static String text(String title, Section section) {
    StringBuilder text = new StringBuilder("\n## " + title + "\n\n");
    text.append(
        "| phase | requests | failed | p50 ms | p99 ms | max ms |\n|---|--:|--:|--:|--:|--:|\n");
    section
        .phases()
        .forEach(
            (phase, line) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %.1f | %.1f | %.1f |%n",
                        phase,
                        line.requests(),
                        line.failed(),
                        line.p50Millis(),
                        line.p99Millis(),
                        line.maxMillis())));
    text.append("\nAnswers by version: ").append(section.answers());
    text.append(". Figures of the run: ").append(section.figures()).append(".\n");
    section.failures().forEach(it -> text.append("\n- failed ").append(it).append('\n'));
    return text.toString();
  }
}
