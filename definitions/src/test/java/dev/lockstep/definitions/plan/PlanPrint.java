package dev.lockstep.definitions.plan;

import java.util.List;

/** Writes a plan for golden files: every field that matters, one a line. */
final class PlanPrint {
  private final StringBuilder text = new StringBuilder();

  private PlanPrint() {}

  static String of(Plan plan) {
    PlanPrint print = new PlanPrint();
    print.line("plan of " + plan.migration() + " on " + plan.database());
    print.line("claims " + plan.tables());
    plan.hazards().forEach(h -> print.line(h.level() + " " + h.code() + ": " + h.message()));
    plan.steps().forEach(print::step);
    return print.text.toString();
  }

  private void step(PlannedStep step) {
    line("");
    line(
        step.id()
            + (step.pointOfNoReturn() ? "  <- point of no return" : "")
            + (step.skippable() ? "  (skippable)" : "")
            + step.together().map(number -> "  (together " + number + ")").orElse(""));
    line("  " + step.sentence());
    action("  ", step.action());
    if (!step.estimate().equals(Estimate.MOMENT)) {
      line(
          "  ~ "
              + step.estimate().rows()
              + " rows, "
              + step.estimate().bytes()
              + " bytes, "
              + step.estimate().walBytes()
              + " bytes of log, "
              + step.estimate().duration());
    }
    line("  undo: " + step.undo().sentence());
    step.undo().action().ifPresent(a -> action("    ", a));
  }

  private void action(String indent, Action action) {
    if (action instanceof Action.Statements statements) {
      statements.locks().forEach(l -> line(indent + "lock " + l));
      statements.sql().forEach(s -> line(indent + s));
    } else if (action instanceof Action.Backfill backfill) {
      line(indent + "backfill " + backfill.table() + " where " + backfill.where());
      assignments(indent, backfill.set());
    } else if (action instanceof Action.Verify verify) {
      line(indent + "mismatch " + verify.mismatch());
      assignments(indent, verify.repair());
    } else {
      line(indent + action);
    }
  }

  private void assignments(String indent, List<Action.Assignment> assignments) {
    assignments.forEach(a -> line(indent + "  set " + a.column() + " = " + a.expression()));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
