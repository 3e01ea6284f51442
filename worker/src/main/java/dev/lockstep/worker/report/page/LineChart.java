package dev.lockstep.worker.report.page;

import java.util.List;

/**
 * Values over time.
 *
 * @param title what it shows
 * @param scale of the time
 * @param unit of the values
 * @param phases where something begins, by the same time; may be empty
 */
public record LineChart(
    String title, Scale scale, Unit unit, List<Series> series, List<Moment> phases)
    implements Block {
  public LineChart {
    series = List.copyOf(series);
    phases = List.copyOf(phases);
  }

  /** One without phases. */
  public LineChart(String title, Scale scale, Unit unit, List<Series> series) {
    this(title, scale, unit, series, List.of());
  }

  /** What the time is counted from. */
  public enum Scale {
    /** Seconds since the beginning. */
    ELAPSED,
    /** Seconds since 1970, shown as dates. */
    DATE
  }

  /** One line. */
  public record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * One value.
   *
   * @param at in seconds
   */
  public record Point(double at, double value) {}

  /**
   * A beginning.
   *
   * @param at in seconds
   */
  public record Moment(double at, String name) {}

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.lineChart(this);
  }
}
