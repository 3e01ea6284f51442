package dev.lockstep.worker.demo;

import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.LineChart;
import dev.lockstep.worker.report.page.Mark;
import dev.lockstep.worker.report.page.Page;
import dev.lockstep.worker.report.page.Quantities;
import dev.lockstep.worker.report.page.Table;
import dev.lockstep.worker.report.page.Unit;
import dev.lockstep.workflows.api.StepReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The report of the demo as readers see it. */
record DemoPage(DemoReport report) {
  Page page() {
    return new Page(
        "Lockstep demo report",
        report.state().name().toLowerCase(Locale.ROOT),
        report.passed() ? Mark.GOOD : Mark.BAD,
        List.of(
            "first_name and last_name became full_name in %s rows under live traffic."
                .formatted(Quantities.number(report.rows())),
            "Started %s; took %s; real PostgreSQL, %s cluster, worker killed %d time(s) with SIGKILL."
                .formatted(
                    Quantities.moment(report.started()),
                    Quantities.duration(Duration.ofMillis(report.durationMillis())),
                    report.cluster(),
                    report.workerKills())),
        List.of(
            new Page.Section("Overview", List.of(new DemoFigures(report).figures())),
            new Page.Section("Latency of the live traffic", latency()),
            new Page.Section("Progress of the backfill", progress()),
            new Page.Section("Traffic by phase", List.of(traffic())),
            new Page.Section("Steps", List.of(steps())),
            new Page.Section(
                "Schema of the table",
                List.of(
                    new Block.Lines("Before", report.schemaBefore()),
                    new Block.Lines("After", report.schemaAfter())))));
  }

  private List<Block> latency() {
    return List.of(
        new Block.Text(
            "Per second of the run, counted from the moment each request was due. Dashed lines:"
                + " where a phase begins."),
        new LineChart(
            "Latency of requests",
            LineChart.Scale.ELAPSED,
            Unit.MILLIS,
            List.of(
                line("median", DemoReport.Moment::p50Millis),
                line("99th percentile", DemoReport.Moment::p99Millis),
                line("maximum", DemoReport.Moment::maxMillis)),
            phases()));
  }

  private List<Block> progress() {
    return List.of(
        new Block.Text(
            "Rows that the ledger in the database says are done. The flat part is the time from"
                + " the kill to the next batch."),
        new LineChart(
            "Rows filled",
            LineChart.Scale.ELAPSED,
            Unit.ROWS,
            List.of(line("rows filled", DemoReport.Moment::backfilled)),
            phases()));
  }

  private LineChart.Series line(String name, ToDoubleFunction<DemoReport.Moment> value) {
    return new LineChart.Series(
        name,
        report.timeline().stream()
            .map(
                moment ->
                    new LineChart.Point((double) moment.second(), value.applyAsDouble(moment)))
            .toList());
  }

  private List<LineChart.Moment> phases() {
    List<LineChart.Moment> phases = new ArrayList<>();
    String before = "";
    for (DemoReport.Moment moment : report.timeline()) {
      if (!moment.phase().equals(before)) {
        phases.add(new LineChart.Moment((double) moment.second(), moment.phase()));
      }
      before = moment.phase();
    }
    return phases;
  }

  private Table traffic() {
    List<Table.Column> columns = new ArrayList<>(Table.texts("phase"));
    columns.addAll(Table.numbers("requests", "failed", "p50 ms", "p99 ms", "max ms"));
    return new Table(
        "Requests of three application versions",
        columns,
        report.traffic().phases().entrySet().stream()
            .map(
                phase ->
                    Table.row(
                        phase.getKey(),
                        Quantities.number(phase.getValue().requests()),
                        Quantities.number(phase.getValue().failed()),
                        Unit.MILLIS.show(phase.getValue().p50Millis()),
                        Unit.MILLIS.show(phase.getValue().p99Millis()),
                        Unit.MILLIS.show(phase.getValue().maxMillis())))
            .toList());
  }

  private Table steps() {
    List<Table.Column> columns = new ArrayList<>(Table.texts("step", "phase", "state"));
    columns.addAll(Table.numbers("ms"));
    return new Table(
        "Steps of the migration",
        columns,
        report.outcome().steps().stream()
            .map(
                step ->
                    Table.row(
                        step.title(),
                        step.phase().name().toLowerCase(Locale.ROOT),
                        step.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        took(step)))
            .toList());
  }

  private static String took(StepReport step) {
    return step.started()
        .flatMap(from -> step.ended().map(to -> Duration.between(from, to).toMillis()))
        .map(Quantities::number)
        .orElse("");
  }
}
