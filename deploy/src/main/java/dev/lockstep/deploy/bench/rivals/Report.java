package dev.lockstep.deploy.bench.rivals;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.workflows.wire.Wire;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A bench's result.
 *
 * @param machine cores, memory, system, Java, server and case
 * @param about version and settings of each contender
 * @param notes who was left out, who failed and how
 * @param ratio what the table compares
 */
record Report(
    List<String> machine,
    Map<String, String> about,
    List<String> notes,
    Results results,
    ResultTable.Ratio ratio) {

  /** The same for programs: of each contender each metric. */
  record Document(
      List<String> machine,
      Map<String, String> about,
      List<String> notes,
      Map<String, Map<String, Values>> results) {}

  /** Of all rounds. */
  record Values(double median, double min, double max, List<Double> rounds) {
    static Values of(Series series) {
      return new Values(series.median(), series.min(), series.max(), series.values());
    }
  }

  void print(PrintStream out, Options.Form form) {
    out.print(form == Options.Form.json ? json() : text());
    out.flush();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    machine.forEach(line -> text.append(line).append('\n'));
    about.forEach((name, what) -> text.append(name).append(": ").append(what).append('\n'));
    notes.forEach(note -> text.append("! ").append(note).append('\n'));
    return text.append('\n').append(ResultTable.of(results, ratio)).toString();
  }

  private String json() {
    Document document = new Document(machine, about, notes, values());
    try {
      return Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that JSON cannot say", e);
    }
  }

  private Map<String, Map<String, Values>> values() {
    Map<String, Map<String, Values>> all = new LinkedHashMap<>();
    for (String name : results.names()) {
      Map<String, Values> ofOne = new LinkedHashMap<>();
      for (Metric metric : results.metrics()) {
        String key = metric.name().toLowerCase(Locale.ROOT);
        results.find(metric, name).ifPresent(series -> ofOne.put(key, Values.of(series)));
      }
      all.put(name, ofOne);
    }
    return all;
  }
}
