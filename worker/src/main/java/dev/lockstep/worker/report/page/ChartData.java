package dev.lockstep.worker.report.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a chart shows, as a table: for those who do not see it, and for Markdown. */
final class ChartData {
  private ChartData() {}

  /**
   * The table of a chart.
   *
   * @param most rows of each line; of more, some between the first and the last are left out
   */
  static Table of(LineChart chart, int most) {
    List<Table.Column> columns = new ArrayList<>(Table.texts("line", "when"));
    columns.addAll(Table.numbers(chart.unit().label()));
    List<List<Table.Cell>> rows = new ArrayList<>();
    int shown = 0;
    int all = 0;
    for (LineChart.Series series : chart.series()) {
      List<LineChart.Point> points = thinned(series.points(), most);
      shown += points.size();
      all += series.points().size();
      points.forEach(
          point ->
              rows.add(
                  Table.row(
                      series.name(),
                      when(chart.scale(), point.at()),
                      chart.unit().show(point.value()))));
    }
    String left = shown < all ? " (%d of %d values)".formatted(shown, all) : "";
    return new Table("Data: " + chart.title() + left, columns, rows);
  }

  static Table of(SpanChart chart) {
    List<Table.Column> columns = new ArrayList<>(Table.texts("bar"));
    columns.addAll(Table.numbers("from", "to"));
    columns.addAll(Table.texts("state"));
    return new Table(
        "Data: " + chart.title(),
        columns,
        chart.spans().stream()
            .map(
                span ->
                    Table.row(
                        span.name(),
                        Unit.SECONDS.show(span.from()),
                        Unit.SECONDS.show(span.to()),
                        span.word()))
            .toList());
  }

  /** One sentence that says the most important. */
  static String sentence(LineChart chart) {
    List<LineChart.Point> points =
        chart.series().stream().flatMap(series -> series.points().stream()).toList();
    return points.isEmpty()
        ? "Nothing is known."
        : "%s over time: %d values, from %s to %s."
            .formatted(
                names(chart),
                points.size(),
                chart.unit().show(values(points).min(Comparator.naturalOrder()).orElse(0.0)),
                chart.unit().show(values(points).max(Comparator.naturalOrder()).orElse(0.0)));
  }

  static String sentence(SpanChart chart) {
    return chart.spans().size() + " bars, each from its beginning to its end.";
  }

  static String when(LineChart.Scale scale, double seconds) {
    return switch (scale) {
      case ELAPSED -> Unit.SECONDS.show(seconds);
      case DATE -> Quantities.moment(Instant.ofEpochSecond(Math.round(seconds)));
    };
  }

  private static String names(LineChart chart) {
    return String.join(", ", chart.series().stream().map(LineChart.Series::name).toList());
  }

  private static Stream<Double> values(List<LineChart.Point> points) {
    return points.stream().map(LineChart.Point::value);
  }

  private static List<LineChart.Point> thinned(List<LineChart.Point> points, int most) {
    if (points.size() <= most) {
      return points;
    }
    List<LineChart.Point> kept = new ArrayList<>();
    for (int at = 0; at < most; at++) {
      kept.add(points.get((int) ((long) at * (points.size() - 1) / (most - 1))));
    }
    return kept;
  }
}
