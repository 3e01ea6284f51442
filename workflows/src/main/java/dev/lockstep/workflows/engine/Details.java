package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.api.Verification;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The run in Markdown, for the Temporal UI: it shows tables, but no raw HTML. At most about ten
 * lines of each kind, since the server refuses more than 20,000 bytes.
 */
final class Details {
  private static final int MOST = 10;
  private static final int BAR = 20;

  /** The UI draws no lines and leaves no space between the columns of a table. */
  private static final String GAP = " \u00a0\u00a0\u00a0";

  private final RunStatus status;
  private final List<Decisions.Decision> decisions;

  Details(RunStatus status, List<Decisions.Decision> decisions) {
    this.status = status;
    this.decisions = decisions;
  }

  String markdown() {
    return Stream.of(
            Optional.of(heading()),
            table(),
            atWork(),
            status.verification().filter(rows -> !status.state().isFinal()).map(Details::rows),
            section("Waiting for", status.waitingFor().stream().map(Details::plain)),
            section("Faults", status.faults().stream().map(Details::line)),
            section("Not undone", status.undoFailures().stream().map(Details::line)),
            section("Decisions, as updates of this run", decisions.stream().map(Details::how)))
        .flatMap(Optional::stream)
        .collect(Collectors.joining("\n\n"));
  }

  private String heading() {
    String run = status.run().isEmpty() ? "being prepared" : status.run();
    return "### " + run + ": " + status.state() + ", phase " + status.phase();
  }

  private Optional<String> table() {
    if (status.steps().isEmpty()) {
      return Optional.empty();
    }
    String rows =
        Stream.of(Phase.values())
            .filter(phase -> of(phase).findAny().isPresent())
            .map(this::row)
            .collect(Collectors.joining("\n"));
    return Optional.of(
        cells("phase", "steps", "done", "state") + "\n|:---|---:|---:|:---|\n" + rows);
  }

  private String row(Phase phase) {
    long all = of(phase).count();
    long done = of(phase).filter(step -> isPast(step.state())).count();
    return cells(phase.name(), Long.toString(all), Long.toString(done), word(phase, all, done));
  }

  private static String cells(String first, String... others) {
    return "| " + first + " |" + GAP + String.join(" |" + GAP, others) + " |";
  }

  private String word(Phase phase, long all, long done) {
    return Stream.of(StepState.UNDO_FAILED, StepState.FAILED, StepState.RUNNING, StepState.UNDONE)
        .filter(state -> of(phase).anyMatch(step -> step.state() == state))
        .findFirst()
        .map(state -> state.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .orElse(done == all ? "done" : done == 0 ? "to do" : "begun");
  }

  private Stream<StepReport> of(Phase phase) {
    return status.steps().stream().filter(step -> step.phase() == phase);
  }

  private static boolean isPast(StepState state) {
    return state == StepState.DONE || state == StepState.SKIPPED;
  }

  private Optional<String> atWork() {
    if (status.state().isFinal()) {
      return Optional.empty();
    }
    return status.together().isEmpty()
        ? status.step().map(id -> current(id, status.progress()))
        : Optional.of(
            status.together().stream()
                .limit(MOST)
                .map(one -> current(one.step(), Optional.of(one).filter(Details::says)))
                .collect(Collectors.joining("\n\n")));
  }

  /** One that has just begun has reported nothing yet. */
  private static boolean says(Progress report) {
    return report.total() > 0 || report.done() > 0;
  }

  private String current(String id, Optional<Progress> progress) {
    String title =
        status.steps().stream()
            .filter(step -> step.id().equals(id))
            .findFirst()
            .map(step -> "**" + plain(step.title()) + "** (" + id + ")")
            .orElse("**" + id + "**");
    return title + progress.map(Details::bar).orElse("");
  }

  private static String rows(Verification verification) {
    return "All rows: " + verification.sentence();
  }

  private static String bar(Progress progress) {
    String rate = String.format(Locale.ROOT, "%,.0f/s", progress.perSecond());
    String left =
        progress.remaining().map(rest -> ", about " + rest.toSeconds() + " s left").orElse("");
    if (progress.total() <= 0) {
      return String.format(Locale.ROOT, "\n\n%,d, ", progress.done()) + rate + left;
    }
    double part = Math.max(0.0, Math.min(1.0, (double) progress.done() / progress.total()));
    int full = (int) (part * BAR);
    return "\n\n`"
        + "█".repeat(full)
        + "░".repeat(BAR - full)
        + "` "
        + String.format(
            Locale.ROOT, "%.0f %%, %,d of %,d, ", part * 100, progress.done(), progress.total())
        + rate
        + left;
  }

  private static Optional<String> section(String title, Stream<String> lines) {
    String list = lines.limit(MOST).map(line -> "- " + line).collect(Collectors.joining("\n"));
    return list.isEmpty() ? Optional.empty() : Optional.of("**" + title + "**\n\n" + list);
  }

  private static String line(Fault fault) {
    return fault.code()
        + (fault.step().isEmpty() ? "" : " in " + fault.step())
        + ": "
        + plain(fault.message());
  }

  private static String how(Decisions.Decision decision) {
    return "`" + decision.update() + "` with `" + decision.input() + "`";
  }

  /** One line of at most 500 characters: a list item stays a list item. */
  private static String plain(String text) {
    String oneLine = text.replaceAll("\\s+", " ");
    return oneLine.length() <= 500 ? oneLine : oneLine.substring(0, 499) + "…";
  }
}
