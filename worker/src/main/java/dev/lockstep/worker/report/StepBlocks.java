package dev.lockstep.worker.report;

import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Mark;
import dev.lockstep.worker.report.page.Quantities;
import dev.lockstep.worker.report.page.SpanChart;
import dev.lockstep.worker.report.page.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was planned and what was done, step by step.
 *
 * @param origin what times are counted from
 */
record StepBlocks(Course course, Instant origin) {
  private static final int DATE = "2026-11-26 ".length();

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    if (course.steps().isEmpty()) {
      return blocks;
    }
    List<SpanChart.Span> spans = spans();
    if (!spans.isEmpty()) {
      blocks.add(new SpanChart("Time of each step", spans));
    }
    blocks.add(steps());
    Table rows = rows();
    if (!rows.rows().isEmpty()) {
      blocks.add(rows);
    }
    return blocks;
  }

  private List<SpanChart.Span> spans() {
    List<SpanChart.Span> spans = new ArrayList<>();
    for (Course.Step step : course.steps()) {
      act(step).ifPresent(spans::add);
    }
    for (Course.Step step : course.steps()) {
      undo(step).ifPresent(spans::add);
    }
    return spans;
  }

  private Optional<SpanChart.Span> act(Course.Step step) {
    List<Course.Work> acts = of(step, Course.Work.Kind.ACT);
    boolean undone = of(step, Course.Work.Kind.UNDO).size() > 0;
    Optional<Instant> from = acts.isEmpty() ? step.started() : Optional.of(acts.get(0).started());
    Optional<Instant> to = acts.isEmpty() ? step.ended() : acts.get(acts.size() - 1).ended();
    String word = undone ? "undone later" : Words.of(step.state());
    return from.flatMap(
        begin -> to.map(end -> span(step.sentence(), begin, end, word, Words.mark(step.state()))));
  }

  private Optional<SpanChart.Span> undo(Course.Step step) {
    List<Course.Work> undos = of(step, Course.Work.Kind.UNDO);
    return undos.isEmpty()
        ? Optional.empty()
        : undos
            .get(undos.size() - 1)
            .ended()
            .map(
                end ->
                    span(
                        "Undo: " + step.sentence(),
                        undos.get(0).started(),
                        end,
                        Words.of(step.state()),
                        Words.mark(step.state())));
  }

  private SpanChart.Span span(String name, Instant from, Instant to, String word, Mark mark) {
    double begin = RunPage.seconds(origin, from);
    return new SpanChart.Span(
        name, begin, Math.max(begin, RunPage.seconds(origin, to)), word, mark);
  }

  private static List<Course.Work> of(Course.Step step, Course.Work.Kind kind) {
    return step.work().stream().filter(work -> work.kind() == kind).toList();
  }

  private Table steps() {
    return new Table(
        "Every step of the plan, in its order",
        List.of(
            new Table.Column("step", Table.Align.TEXT),
            new Table.Column("phase", Table.Align.TEXT),
            new Table.Column("state", Table.Align.TEXT),
            new Table.Column("started", Table.Align.TEXT),
            new Table.Column("took", Table.Align.NUMBER),
            new Table.Column("estimate", Table.Align.NUMBER),
            new Table.Column("undo", Table.Align.TEXT)),
        course.steps().stream().map(this::row).toList());
  }

  private List<Table.Cell> row(Course.Step step) {
    boolean last = step.planned().filter(Course.Planned::pointOfNoReturn).isPresent();
    return List.of(
        new Table.Cell(step.sentence() + (last ? " (point of no return)" : "")),
        new Table.Cell(Words.of(step.phase())),
        new Table.Cell(Words.of(step.state()), Words.mark(step.state())),
        new Table.Cell(step.started().map(this::time).orElse(Words.NOTHING)),
        new Table.Cell(took(step)),
        new Table.Cell(
            step.planned()
                .filter(planned -> !planned.estimate().isZero())
                .map(planned -> Quantities.duration(planned.estimate()))
                .orElse(Words.NOTHING)),
        new Table.Cell(step.planned().map(Course.Planned::undo).orElse(Words.NOTHING)));
  }

  /** Without the date where it is that of the beginning. */
  private String time(Instant at) {
    String whole = RunPage.moment(at);
    String date = RunPage.moment(origin).substring(0, DATE);
    return whole.startsWith(date) ? whole.substring(DATE) : whole;
  }

  /** Of the step itself: the end of one that was undone is that of its undo. */
  private static String took(Course.Step step) {
    List<Course.Work> acts = of(step, Course.Work.Kind.ACT);
    return acts.isEmpty()
        ? Words.between(step.started(), step.ended())
        : Words.between(Optional.of(acts.get(0).started()), acts.get(acts.size() - 1).ended());
  }

  private Table rows() {
    return new Table(
        "Steps that work batch by batch",
        batchColumns(),
        course.steps().stream()
            .filter(step -> step.figures().getOrDefault("batches", 0L) > 0)
            .map(StepBlocks::batches)
            .toList());
  }

  private static List<Table.Column> batchColumns() {
    List<Table.Column> columns = new ArrayList<>(Table.texts("step"));
    columns.addAll(Table.numbers("rows", "batches", "rows a batch", "repeated"));
    return columns;
  }

  private static List<Table.Cell> batches(Course.Step step) {
    long rows = step.figures().getOrDefault("rows", 0L);
    long batches = step.figures().getOrDefault("batches", 0L);
    return Table.row(
        step.sentence(),
        Quantities.number(rows),
        Quantities.number(batches),
        String.format(Locale.ROOT, "%,.1f", (double) rows / batches),
        Quantities.number(step.figures().getOrDefault("batchesRepeated", 0L)));
  }
}
