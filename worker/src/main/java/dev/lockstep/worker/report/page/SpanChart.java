package dev.lockstep.worker.report.page;

import java.util.List;

/** When what was done, as one bar each. */
public record SpanChart(String title, List<Span> spans) implements Block {
  public SpanChart {
    spans = List.copyOf(spans);
  }

  /**
   * One bar.
   *
   * @param from in seconds since the beginning
   * @param to not before {@code from}
   * @param word what became of it
   */
  public record Span(String name, double from, double to, String word, Mark mark) {}

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.spanChart(this);
  }
}
