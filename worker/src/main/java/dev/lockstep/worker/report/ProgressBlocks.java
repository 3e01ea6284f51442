package dev.lockstep.worker.report;

import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.LineChart;
import dev.lockstep.worker.report.page.Unit;
import dev.lockstep.workflows.contract.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How far long steps were, and how fast.
 *
 * @param origin what times are counted from
 */
record ProgressBlocks(Course course, Instant origin) {
  private static final int LINES = 4;

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.addAll(charts(Course.Counted.ROWS, Unit.ROWS, Unit.ROWS_PER_SECOND));
    blocks.addAll(charts(Course.Counted.BYTES, Unit.BYTES, Unit.BYTES_PER_SECOND));
    Map<Boolean, List<Course.Measure>> measures =
        course.measures().stream()
            .collect(Collectors.partitioningBy(one -> one.name().equals(Progress.BATCH_ROWS)));
    measures(blocks, "Rows of a batch", Unit.ROWS, measures.getOrDefault(true, List.of()));
    measures(
        blocks, "Health of the database", Unit.MILLIS, measures.getOrDefault(false, List.of()));
    return blocks;
  }

  private void measures(
      List<Block> blocks, String title, Unit unit, List<Course.Measure> measures) {
    if (!measures.isEmpty()) {
      blocks.add(
          new LineChart(
              title,
              LineChart.Scale.ELAPSED,
              unit,
              measures.stream().limit(LINES).map(this::readings).toList()));
    }
  }

  private List<Block> charts(Course.Counted counted, Unit unit, Unit rate) {
    String what = unit == Unit.ROWS ? "Rows" : "Bytes";
    List<Course.Trace> traces =
        course.progress().stream().filter(trace -> trace.counted() == counted).toList();
    List<Block> charts = new ArrayList<>();
    for (int from = 0; from < traces.size(); from += LINES) {
      List<Course.Trace> some = traces.subList(from, Math.min(traces.size(), from + LINES));
      charts.add(chart(what + " done", unit, some, Course.Sample::done));
      charts.add(chart(what + " a second", rate, some, Course.Sample::perSecond));
    }
    return charts;
  }

  private LineChart chart(
      String title, Unit unit, List<Course.Trace> traces, ToDoubleFunction<Course.Sample> value) {
    return new LineChart(
        title,
        LineChart.Scale.ELAPSED,
        unit,
        traces.stream().map(trace -> line(trace, value)).toList(),
        phases());
  }

  private LineChart.Series line(Course.Trace trace, ToDoubleFunction<Course.Sample> value) {
    return new LineChart.Series(
        trace.step(),
        trace.samples().stream()
            .map(
                sample ->
                    new LineChart.Point(
                        RunPage.seconds(origin, sample.at()), value.applyAsDouble(sample)))
            .toList());
  }

  private LineChart.Series readings(Course.Measure measure) {
    return new LineChart.Series(
        measure.name(),
        measure.readings().stream()
            .map(
                reading ->
                    new LineChart.Point(
                        RunPage.seconds(origin, reading.at()), (double) reading.value()))
            .toList());
  }

  /** Pauses and the like, where they fall into the time of the reports. */
  private List<LineChart.Moment> phases() {
    Map<Boolean, List<Course.Stand>> byUse =
        course.states().stream()
            .collect(Collectors.partitioningBy(stand -> !stand.state().equals("RUNNING")));
    Instant last =
        course.progress().stream()
            .flatMap(trace -> trace.samples().stream())
            .map(Course.Sample::at)
            .max(Instant::compareTo)
            .orElse(origin);
    return byUse.getOrDefault(true, List.of()).stream()
        .filter(stand -> !stand.since().isAfter(last))
        .map(
            stand ->
                new LineChart.Moment(
                    RunPage.seconds(origin, stand.since()), Words.of(stand.state())))
        .toList();
  }
}
