package dev.lockstep.worker.report.page;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws bars, each below its name and what became of it. */
final class SpanChartSvg {
  private static final double WIDTH = SvgFrame.WIDTH;
  private static final double SIDE = 12;
  private static final double TOP = 30;
  private static final double ROW = 46;
  private static final double BAR = 14;
  private static final double LEAST = 3;
  private static final int LONGEST = 50;

  private final SpanChart chart;
  private final double end;

  SpanChartSvg(SpanChart chart) {
    this.chart = chart;
    this.end =
        Math.max(1e-3, chart.spans().stream().mapToDouble(SpanChart.Span::to).max().orElse(1));
  }

  /**
   * The drawing.
   *
   * @param id unique in the page
   */
  String draw(String id) {
    double height = TOP + ROW * chart.spans().size() + 8;
    String bars =
        IntStream.range(0, chart.spans().size()).mapToObj(this::bar).collect(Collectors.joining());
    return new SvgFrame(id, height, chart.title(), ChartData.sentence(chart))
        .around(scale(height) + bars);
  }

  private double x(double at) {
    return SIDE + at / end * (WIDTH - 2 * SIDE);
  }

  private String scale(double height) {
    return Ticks.elapsed(end).stream()
        .map(
            tick ->
                "<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/><text class=\"%s\" x=\"%s\" y=\"18\">%s</text>\n"
                    .formatted(
                        Markup.place(x(tick)),
                        Markup.place(TOP - 6),
                        Markup.place(x(tick)),
                        Markup.place(height),
                        tick == 0 ? "start" : x(tick) > WIDTH - 50 ? "end" : "middle",
                        Markup.place(x(tick)),
                        Markup.escape(Unit.SECONDS.show(tick))))
        .collect(Collectors.joining());
  }

  private String bar(int row) {
    SpanChart.Span span = chart.spans().get(row);
    double top = TOP + ROW * row;
    double width = Math.max(LEAST, x(span.to()) - x(span.from()));
    double left = Math.min(x(span.from()), WIDTH - SIDE - width);
    return "<text class=\"start name\" x=\"%s\" y=\"%s\">%s</text><rect class=\"bar %s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
        .formatted(
            Markup.place(SIDE),
            Markup.place(top + 18),
            Markup.escape(label(span)),
            span.mark().css(),
            Markup.place(left),
            Markup.place(top + 24),
            Markup.place(width),
            Markup.place(BAR));
  }

  private static String label(SpanChart.Span span) {
    String name = span.name();
    int most = LONGEST - span.word().length();
    if (name.length() > most) {
      name = name.substring(0, name.offsetByCodePoints(0, cut(name, most))) + "…";
    }
    return name + ": " + span.word() + ", " + Unit.SECONDS.show(span.to() - span.from());
  }

  private static int cut(String name, int most) {
    return Math.min(most - 1, name.codePointCount(0, name.length()));
  }
}
