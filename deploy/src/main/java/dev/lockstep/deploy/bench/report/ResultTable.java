package dev.lockstep.deploy.bench.report;

import java.util.Locale;

/** Results for people: for each metric one line for each name, with a ratio. */
final class ResultTable {
  private static final String TITLE = "%-36s ";
  private static final String LINE = "%-15s %12s %12s %12s  %s\n";

  private ResultTable() {}

  /** Writes it. */
  static String of(Results results, Ratio ratio) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, TITLE, ""));
    text.append(String.format(Locale.ROOT, LINE, "", "median", "min", "max", ratio.title()));
    for (Metric metric : results.metrics()) {
      String title = metric.title();
      for (String name : results.names()) {
        if (results.find(metric, name).isPresent()) {
          text.append(String.format(Locale.ROOT, TITLE, title));
          text.append(line(results, metric, name, ratio));
          title = "";
        }
      }
    }
    return text.toString();
  }

  private static String line(Results results, Metric metric, String name, Ratio ratio) {
    Series series = results.find(metric, name).orElseThrow();
    return String.format(
            Locale.ROOT,
            LINE,
            name,
            number(metric, series.median()),
            number(metric, series.min()),
            number(metric, series.max()),
            results
                .ratio(metric, name, ratio)
                .map(it -> String.format(Locale.ROOT, "%.2fx", it))
                .orElse(""))
        .stripTrailing()
        .concat("\n");
  }

  private static String number(Metric metric, double value) {
    return String.format(Locale.ROOT, "%,." + metric.digits() + "f", value);
  }
}
