package dev.lockstep.deploy.bench.rivals;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Results for people: for each metric one line for each name, with a ratio. */
final class ResultTable {
  private static final String LINE = "%-52s %12s %12s %12s  %s\n";

  private ResultTable() {}

  /** What the last column holds. */
  enum Ratio {
    /** That of the first one to this one. */
    OF_THE_FIRST("first / this") {
      @Override
      Optional<Series> of(List<Series> all, int at) {
        return at == 0 ? Optional.empty() : Optional.of(all.get(0).against(all.get(at)));
      }
    },
    /** That of this one to the one before it. */
    TO_THE_ONE_BEFORE("this / before") {
      @Override
      Optional<Series> of(List<Series> all, int at) {
        return at == 0 ? Optional.empty() : Optional.of(all.get(at).against(all.get(at - 1)));
      }
    };

    private final String title;

    Ratio(String title) {
      this.title = title;
    }

    /** For the one at that place, where there is another one to compare with. */
    abstract Optional<Series> of(List<Series> all, int at);
  }

  /** Writes it. */
  static String of(Results results, Ratio ratio) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, LINE, "", "median", "min", "max", ratio.title));
    for (Metric metric : results.metrics()) {
      List<String> names =
          results.names().stream().filter(it -> results.find(metric, it).isPresent()).toList();
      List<Series> all = names.stream().map(it -> results.find(metric, it).orElseThrow()).toList();
      for (int at = 0; at < names.size(); at++) {
        String compared = names.get(0).equals(results.names().get(0)) ? ratio(ratio, all, at) : "";
        String title =
            String.format(Locale.ROOT, "%-36s %s", at == 0 ? metric.title() : "", names.get(at));
        text.append(line(metric, title, all.get(at), compared));
      }
    }
    return text.toString();
  }

  private static String line(Metric metric, String title, Series series, String ratio) {
    return String.format(
            Locale.ROOT,
            LINE,
            title,
            number(metric, series.median()),
            number(metric, series.min()),
            number(metric, series.max()),
            ratio)
        .stripTrailing()
        .concat("\n");
  }

  private static String ratio(Ratio ratio, List<Series> all, int at) {
    return ratio
        .of(all, at)
        .map(Series::median)
        .filter(Double::isFinite)
        .map(it -> String.format(Locale.ROOT, "%.2fx", it))
        .orElse("");
  }

  private static String number(Metric metric, double value) {
    return String.format(Locale.ROOT, "%,." + metric.digits() + "f", value);
  }
}
