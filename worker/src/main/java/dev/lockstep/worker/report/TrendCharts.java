package dev.lockstep.worker.report;

import dev.lockstep.activities.restore.Evidence;
import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.LineChart;
import dev.lockstep.worker.report.page.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Size, time and rate of backups, RTO and RPO of drills, over the dates of their runs. */
final class TrendCharts {
  private TrendCharts() {}

  static List<Block> of(Copies copies) {
    List<Block> charts = new ArrayList<>();
    if (copies.backups().size() > 1) {
      charts.addAll(backups(copies.backups()));
    }
    List<Copies.Result> drills =
        copies.drills().stream()
            .flatMap(past -> past.result().stream())
            .sorted(Comparator.comparing(Copies.Result::started))
            .toList();
    if (drills.size() > 1) {
      charts.add(drills("RTO of each drill", drills, Copies.Result::rto));
      charts.add(drills("RPO of each drill", drills, Copies.Result::rpo));
    }
    return charts;
  }

  private static List<LineChart> backups(List<Copies.Past> newestFirst) {
    List<Copies.Past> all =
        newestFirst.stream().sorted(Comparator.comparing(Copies.Past::snapshot)).toList();
    return List.of(
        chart(
            "Size of each backup",
            Unit.BYTES,
            List.of(
                line("data", all, past -> Optional.of((double) past.bytes())),
                line("stored", all, past -> Optional.of((double) past.storedBytes())))),
        chart(
            "Time that each backup took",
            Unit.SECONDS,
            List.of(line("taken in", all, past -> Optional.of(seconds(took(past)))))),
        chart(
            "Rate of each backup",
            Unit.BYTES_PER_SECOND,
            List.of(
                line(
                    "data a second",
                    all,
                    past -> CopyBlocks.rate(past.bytes(), took(past)).map(Long::doubleValue)))));
  }

  private static LineChart drills(
      String title, List<Copies.Result> drills, Function<Copies.Result, Evidence.Measure> which) {
    List<LineChart.Series> lines = new ArrayList<>();
    lines.add(
        points(
            "measured", drills, drill -> which.apply(drill).measured().map(TrendCharts::seconds)));
    LineChart.Series objective =
        points(
            "objective", drills, drill -> which.apply(drill).objective().map(TrendCharts::seconds));
    if (!objective.points().isEmpty()) {
      lines.add(objective);
    }
    return chart(title, Unit.SECONDS, lines);
  }

  private static LineChart chart(String title, Unit unit, List<LineChart.Series> lines) {
    return new LineChart(title, LineChart.Scale.DATE, unit, lines);
  }

  private static LineChart.Series points(
      String name, List<Copies.Result> drills, Function<Copies.Result, Optional<Double>> value) {
    return new LineChart.Series(
        name,
        drills.stream()
            .flatMap(drill -> value.apply(drill).stream().map(it -> point(drill.started(), it)))
            .toList());
  }

  private static LineChart.Series line(
      String name, List<Copies.Past> all, Function<Copies.Past, Optional<Double>> value) {
    return new LineChart.Series(
        name,
        all.stream()
            .flatMap(past -> value.apply(past).stream().map(it -> point(past.snapshot(), it)))
            .toList());
  }

  private static LineChart.Point point(Instant at, double value) {
    return new LineChart.Point((double) at.getEpochSecond(), value);
  }

  private static Duration took(Copies.Past past) {
    return Duration.between(past.started(), past.ended());
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
