package dev.lockstep.worker.report;

import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Mark;
import dev.lockstep.worker.report.page.Page;
import dev.lockstep.worker.report.page.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A report of a run as readers see it. */
public final class RunPage {
  private final RunReport report;
  private final Instant origin;

  private RunPage(RunReport report) {
    this.report = report;
    this.origin = origin(report);
  }

  /** The page. */
  public static Page of(RunReport report) {
    return new RunPage(report).page();
  }

  private Page page() {
    Head run = report.run();
    return new Page(
        run.kind() + " " + run.name(),
        verdict(),
        mark(),
        lead(),
        List.of(
            new Page.Section("Overview", new OverviewBlocks(report).blocks()),
            new Page.Section("Drill", DrillBlocks.of(report.copies())),
            new Page.Section("Backup", CopyBlocks.of(report)),
            new Page.Section("Steps", new StepBlocks(report.course(), origin).blocks()),
            new Page.Section("Progress", new ProgressBlocks(report.course(), origin).blocks()),
            new Page.Section("Faults", FaultBlocks.of(report.course())),
            new Page.Section("Waits", PeopleBlocks.waits(report.course())),
            new Page.Section("Decisions", PeopleBlocks.decisions(report.course())),
            new Page.Section("Figures", FigureBlocks.of(report.course())),
            new Page.Section("History and trend", TrendBlocks.of(report)),
            new Page.Section("Not known", unknown())));
  }

  /** A drill that shows that a backup does not restore has done its work. */
  private String verdict() {
    String state = Words.of(report.run().state());
    return report
        .copies()
        .drill()
        .map(drill -> drill.verdict() + " (the run: " + state + ")")
        .orElse(state);
  }

  private Mark mark() {
    return report
        .copies()
        .drill()
        .map(drill -> DrillBlocks.mark(drill.verdict()))
        .orElseGet(() -> Words.mark(report.run().state()));
  }

  private List<String> lead() {
    List<String> lines = new ArrayList<>();
    if (!report.run().message().isEmpty()) {
      lines.add(report.run().message());
    }
    lines.add(
        switch (report.run().source()) {
          case HISTORY -> "Told from the history of the Temporal service.";
          case LEDGER -> "Told from the ledger in the target database.";
          case STORE -> "Told from the store of the backups.";
        });
    return lines;
  }

  private List<Block> unknown() {
    return report.unknown().stream().<Block>map(Block.Text::new).toList();
  }

  /** What times are counted from. */
  private static Instant origin(RunReport report) {
    return report
        .run()
        .started()
        .or(
            () ->
                report.course().steps().stream()
                    .flatMap(step -> step.started().stream())
                    .min(Instant::compareTo))
        .orElse(Instant.EPOCH);
  }

  /** Seconds from the beginning. */
  static double seconds(Instant origin, Instant at) {
    return Math.max(0, Duration.between(origin, at).toMillis() / 1000.0);
  }

  static String moment(Instant at) {
    return Quantities.moment(at);
  }
}
