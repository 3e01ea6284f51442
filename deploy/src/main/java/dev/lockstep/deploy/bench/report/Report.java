package dev.lockstep.deploy.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.workflows.wire.Wire;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A bench's result.
 *
 * @param machine cores, memory, system, Java, server and case
 * @param about version and settings of each contender
 * @param notes who was left out, who failed and how
 * @param ratio what the table compares
 */
public record Report(
    List<String> machine,
    Map<String, String> about,
    List<String> notes,
    Results results,
    Ratio ratio) {
  public Report {
    machine = List.copyOf(machine);
    about = new LinkedHashMap<>(about);
    notes = List.copyOf(notes);
  }

  /** The forms of a result. */
  public enum Form {
    text,
    json
  }

  /**
   * The same for programs: of each contender each metric.
   *
   * @param metrics what each is, with its unit
   * @param ratio what is compared with what
   */
  record Document(
      List<String> machine,
      Map<String, String> about,
      List<String> notes,
      Map<String, String> metrics,
      String ratio,
      Map<String, Map<String, Values>> results) {}

  /** Of all rounds. */
  record Values(
      double median, double min, double max, List<Double> rounds, Optional<Double> ratio) {
    static Values of(Series series, Optional<Double> ratio) {
      return new Values(series.median(), series.min(), series.max(), series.values(), ratio);
    }
  }

  /** Writes it. */
  public void print(PrintStream out, Form form) {
    out.print(form == Form.json ? json() : text());
    out.flush();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    machine.forEach(line -> text.append(line).append('\n'));
    about.forEach((name, what) -> text.append(name).append(": ").append(what).append('\n'));
    notes.forEach(note -> text.append("! ").append(note).append('\n'));
    return text.append('\n').append(ResultTable.of(results, ratio)).toString();
  }

  String json() {
    Document document = new Document(machine, about, notes, titles(), ratio.title(), values());
    try {
      return Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that JSON cannot say", e);
    }
  }

  private Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    results.metrics().forEach(metric -> titles.put(key(metric), metric.title()));
    return titles;
  }

  private static String key(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT);
  }

  private Map<String, Map<String, Values>> values() {
    Map<String, Map<String, Values>> all = new LinkedHashMap<>();
    for (String name : results.names()) {
      Map<String, Values> ofOne = new LinkedHashMap<>();
      for (Metric metric : results.metrics()) {
        results
            .find(metric, name)
            .ifPresent(
                it -> ofOne.put(key(metric), Values.of(it, results.ratio(metric, name, ratio))));
      }
      all.put(name, ofOne);
    }
    return all;
  }
}
