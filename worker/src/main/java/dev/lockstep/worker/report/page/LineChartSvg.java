package dev.lockstep.worker.report.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Draws lines. Colour, dashes and a legend tell one line from another. */
final class LineChartSvg {
  private static final double WIDTH = SvgFrame.WIDTH;
  private static final double HEIGHT = 300;

  /** Beside the labels of the rows; on the smallest screens a sign of theirs is about so wide. */
  private static final double MARGIN = 16;

  private static final double SIGN = 14;
  private static final double RIGHT = 20;
  private static final double TOP = 40;
  private static final double BOTTOM = 44;
  private static final int DOTTED = 40;
  private static final int STYLES = 4;
  private static final double DAY = 86_400;

  private final LineChart chart;
  private final double from;
  private final double to;
  private final List<Double> ticks;
  private final double left;

  LineChartSvg(LineChart chart) {
    this.chart = chart;
    double first = times().min().orElse(0);
    double last = times().max().orElse(1);
    this.from = chart.scale() == LineChart.Scale.ELAPSED ? Math.min(0, first) : first;
    this.to = Math.max(last, from + 1e-3);
    double largest = values().max().orElse(1);
    boolean bytes = chart.unit() == Unit.BYTES || chart.unit() == Unit.BYTES_PER_SECOND;
    this.ticks = bytes ? Ticks.bytes(largest) : Ticks.values(largest);
    int longest = ticks.stream().mapToInt(tick -> chart.unit().show(tick).length()).max().orElse(0);
    this.left = MARGIN + SIGN * longest;
  }

  /**
   * The drawing.
   *
   * @param id unique in the page
   */
  String draw(String id) {
    return new SvgFrame(id, HEIGHT, chart.title(), ChartData.sentence(chart))
        .around(rows() + columns() + phases() + lines() + legend());
  }

  private DoubleStream times() {
    return chart.series().stream()
        .flatMap(series -> series.points().stream())
        .mapToDouble(LineChart.Point::at);
  }

  private DoubleStream values() {
    return chart.series().stream()
        .flatMap(series -> series.points().stream())
        .mapToDouble(LineChart.Point::value);
  }

  private double x(double at) {
    return left + (at - from) / (to - from) * (WIDTH - left - RIGHT);
  }

  private double y(double value) {
    double top = ticks.get(ticks.size() - 1);
    return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
  }

  private String rows() {
    return ticks.stream()
        .map(tick -> row(y(tick)) + text("end", left - 8, y(tick) + 4, chart.unit().show(tick)))
        .collect(Collectors.joining());
  }

  private String columns() {
    return chart.scale() == LineChart.Scale.ELAPSED
        ? Ticks.elapsed(to).stream()
            .map(tick -> text("middle", x(tick), HEIGHT - BOTTOM + 24, Unit.SECONDS.show(tick)))
            .collect(Collectors.joining())
        : text("start", left, HEIGHT - BOTTOM + 24, date(from))
            + text("end", WIDTH - RIGHT, HEIGHT - BOTTOM + 24, to - from > 60 ? date(to) : "");
  }

  private String date(double seconds) {
    String form = to - from > 3 * DAY ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm";
    return DateTimeFormatter.ofPattern(form, Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(Instant.ofEpochSecond(Math.round(seconds)));
  }

  private String phases() {
    return IntStream.range(0, chart.phases().size())
        .mapToObj(
            at -> {
              LineChart.Moment phase = chart.phases().get(at);
              double x = x(phase.at());
              return "<line class=\"phase\" x1=\"%s\" y1=\"40\" x2=\"%s\" y2=\"256\"/>"
                      .formatted(Markup.place(x), Markup.place(x))
                  + text("start wide", x + 4, TOP + 14 + 16.0 * (at % 5), phase.name());
            })
        .collect(Collectors.joining());
  }

  private String lines() {
    return IntStream.range(0, chart.series().size())
        .mapToObj(at -> line(at, chart.series().get(at).points()))
        .collect(Collectors.joining());
  }

  private String line(int number, List<LineChart.Point> points) {
    String style = "line s" + number % STYLES;
    String path =
        points.stream()
            .map(point -> Markup.place(x(point.at())) + "," + Markup.place(y(point.value())))
            .collect(Collectors.joining(" "));
    String dots =
        points.size() > DOTTED
            ? ""
            : points.stream()
                .map(
                    point ->
                        "<circle class=\"dot s%d\" cx=\"%s\" cy=\"%s\" r=\"3\"/>"
                            .formatted(
                                number % STYLES,
                                Markup.place(x(point.at())),
                                Markup.place(y(point.value()))))
                .collect(Collectors.joining());
    return "<polyline class=\"%s\" points=\"%s\"/>%s\n".formatted(style, path, dots);
  }

  private String legend() {
    double width = (WIDTH - left - RIGHT) / Math.max(1, chart.series().size());
    return IntStream.range(0, chart.series().size())
        .mapToObj(
            at -> {
              double x = left + at * width;
              return "<line class=\"line s%d\" x1=\"%s\" y1=\"18\" x2=\"%s\" y2=\"18\"/>"
                      .formatted(at % STYLES, Markup.place(x), Markup.place(x + 28))
                  + text("start", x + 34, 22, chart.series().get(at).name());
            })
        .collect(Collectors.joining());
  }

  private String row(double y) {
    return "<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
        .formatted(
            Markup.place(left), Markup.place(y), Markup.place(WIDTH - RIGHT), Markup.place(y));
  }

  private static String text(String style, double x, double y, String text) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
        .formatted(style, Markup.place(x), Markup.place(y), Markup.escape(text));
  }
}
