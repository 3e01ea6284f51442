package dev.lockstep.worker.report;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Mark;
import dev.lockstep.worker.report.page.Table;
import dev.lockstep.workflows.api.StepReport.StepState;
import java.util.ArrayList;
import java.util.List;

/** Which run it is, and what its plan warned of. */
record OverviewBlocks(RunReport report) {
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Figures(figures()));
    blocks.add(identity());
    if (!report.course().hazards().isEmpty()) {
      blocks.add(hazards());
    }
    return blocks;
  }

  private List<Block.Figure> figures() {
    Head run = report.run();
    Course course = report.course();
    long done =
        course.steps().stream()
            .filter(step -> step.state() == StepState.DONE || step.state() == StepState.SKIPPED)
            .count();
    List<Block.Figure> figures = new ArrayList<>();
    figures.add(new Block.Figure("state", Words.of(run.state()), Words.mark(run.state())));
    run.phase().ifPresent(phase -> figures.add(new Block.Figure("phase", Words.of(phase))));
    figures.add(new Block.Figure("took", Words.between(run.started(), run.ended())));
    if (!course.steps().isEmpty()) {
      figures.add(new Block.Figure("steps done", done + " of " + course.steps().size()));
    }
    figures.add(count("faults", course.faults().size(), Mark.CARE));
    figures.add(count("not undone", course.undoFailures().size(), Mark.BAD));
    return figures;
  }

  private static Block.Figure count(String label, int number, Mark unlessZero) {
    return new Block.Figure(label, Integer.toString(number), number == 0 ? Mark.PLAIN : unlessZero);
  }

  private Table identity() {
    Head run = report.run();
    List<List<Table.Cell>> rows = new ArrayList<>();
    rows.add(Table.row("definition", run.kind() + " " + run.name()));
    run.key().ifPresent(key -> rows.add(Table.row("run", key)));
    run.workflowId().ifPresent(id -> rows.add(Table.row("workflow id", id)));
    run.database().ifPresent(name -> rows.add(Table.row("database", name)));
    rows.add(Table.row("started", Words.time(run.started())));
    rows.add(Table.row("ended", Words.time(run.ended())));
    run.definitionHash().ifPresent(hash -> rows.add(Table.row("SHA-256 of the definition", hash)));
    run.planHash().ifPresent(hash -> rows.add(Table.row("SHA-256 of the plan", hash)));
    return new Table("What was run", Table.texts("what", "value"), rows);
  }

  private Table hazards() {
    return new Table(
        "Hazards that the plan names",
        Table.texts("code", "level", "what", "accepted because"),
        report.course().hazards().stream()
            .map(
                hazard ->
                    List.of(
                        new Table.Cell(hazard.code()),
                        new Table.Cell(Words.of(hazard.level()), mark(hazard.level())),
                        new Table.Cell(hazard.message()),
                        new Table.Cell(hazard.allowed().orElse(Words.NOTHING))))
            .toList());
  }

  private static Mark mark(Hazard.Level level) {
    return switch (level) {
      case NOTE -> Mark.PLAIN;
      case WARNING -> Mark.CARE;
      case STOP -> Mark.BAD;
    };
  }
}
