package dev.lockstep.worker.cli;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Estimate;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan for people: every step with its SQL, locks, cost and undo. */
final class PlanText {
  private final StringBuilder text = new StringBuilder();

  private PlanText() {}

  static String of(String kind, Plan plan) {
    PlanText writer = new PlanText();
    writer.head(kind, plan);
    Optional<Phase> phase = Optional.empty();
    int number = 0;
    for (PlannedStep step : plan.steps()) {
      if (phase.isEmpty() || phase.get() != step.phase()) {
        phase = Optional.of(step.phase());
        writer.line("").line(step.phase().name().toLowerCase(Locale.ROOT));
      }
      number++;
      writer.step(number, step, plan);
    }
    writer.hazards(plan.hazards());
    return writer.text.toString();
  }

  private void head(String kind, Plan plan) {
    long rows = plan.steps().stream().mapToLong(PlanText::rowsToFill).sum();
    String filled = kind.equals("Migration") ? ", " + Amounts.rows(rows) + " to fill" : "";
    line(
        "%s %s on database %s: %d steps%s"
            .formatted(kind, plan.migration(), plan.database(), plan.steps().size(), filled));
    plan.steps().stream()
        .filter(PlannedStep::pointOfNoReturn)
        .findFirst()
        .ifPresentOrElse(
            step -> line("Everything can be undone until " + step.id() + "."),
            () -> line("Every step can be undone."));
  }

  private static long rowsToFill(PlannedStep step) {
    return step.action() instanceof Action.Backfill backfill ? Math.max(0, backfill.rows()) : 0;
  }

  private void step(int number, PlannedStep step, Plan plan) {
    line("%3d. %s  [%s]".formatted(number, step.sentence(), step.id()));
    ActionText shown = step.action().accept(new ActionText.Maker());
    shown.statements().forEach(sql -> detail("sql", sql));
    shown
        .locks()
        .forEach(
            lock ->
                detail(
                    "lock",
                    lock + ", waits at most " + plan.limits().lockTimeout().toMillis() + "ms"));
    cost(step.estimate()).ifPresent(cost -> detail("cost", cost));
    beside(step, plan).ifPresent(others -> detail("with", others));
    detail(
        "undo",
        step.pointOfNoReturn() ? "none: this is the point of no return" : step.undo().sentence());
    if (!step.pointOfNoReturn()) {
      step.undo()
          .action()
          .ifPresent(
              undo ->
                  undo.accept(new ActionText.Maker()).statements().forEach(sql -> detail("", sql)));
    }
  }

  private static Optional<String> beside(PlannedStep step, Plan plan) {
    return step.together()
        .map(
            number ->
                plan.steps().stream()
                        .filter(other -> other.together().equals(step.together()))
                        .map(PlannedStep::id)
                        .filter(id -> !id.equals(step.id()))
                        .collect(Collectors.joining(", "))
                    + ", at most "
                    + plan.limits().tablesOrOne()
                    + " at a time");
  }

  private static Optional<String> cost(Estimate estimate) {
    if (estimate.rows() == 0 && estimate.bytes() == 0 && estimate.walBytes() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "about %s, %s written, %s of WAL, %s"
            .formatted(
                Amounts.rows(estimate.rows()),
                Amounts.bytes(estimate.bytes()),
                Amounts.bytes(estimate.walBytes()),
                Amounts.duration(estimate.duration())));
  }

  private void hazards(List<Hazard> hazards) {
    if (hazards.isEmpty()) {
      line("").line("No hazards found.");
      return;
    }
    line("").line("hazards");
    for (Hazard hazard : hazards) {
      line(
          "  %s %s: %s"
              .formatted(
                  hazard.level().name().toLowerCase(Locale.ROOT), hazard.code(), hazard.message()));
      detail("fix", hazard.fix());
      hazard.allowed().ifPresent(reason -> detail("allow", reason));
    }
  }

  private void detail(String label, String value) {
    String[] lines = value.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      line("       %-5s %s".formatted(i == 0 ? label : "", lines[i]));
    }
  }

  private PlanText line(String line) {
    text.append(line).append('\n');
    return this;
  }
}
