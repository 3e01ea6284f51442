package dev.lockstep.worker.cli;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.Verification;
import dev.lockstep.workflows.contract.Progress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run's status for people. */
final class StatusText {
  private StatusText() {}

  /** Everything, over several lines. */
  static String full(RunStatus status) {
    StringBuilder text = new StringBuilder();
    text.append(line(status)).append('\n');
    for (StepReport step : status.steps()) {
      text.append(
          "  %-12s %-9s %s%n"
              .formatted(
                  step.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  step.phase().name().toLowerCase(Locale.ROOT),
                  step.title()));
    }
    section(text, "waiting for", status.waitingFor());
    section(text, "rows", status.verification().map(Verification::sentence).stream().toList());
    section(text, "you can say", status.decisions());
    section(text, "hazard", status.hazards().stream().map(StatusText::hazard).toList());
    section(
        text, "fault", status.faults().stream().map(f -> f.code() + ": " + f.message()).toList());
    section(
        text,
        "not undone",
        status.undoFailures().stream().map(f -> f.step() + ": " + f.message()).toList());
    return text.toString();
  }

  /** The most important, in one line. */
  static String line(RunStatus status) {
    StringBuilder text = new StringBuilder();
    text.append(status.run().isEmpty() ? "preparing" : status.run())
        .append(": ")
        .append(status.state().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .append(", phase ")
        .append(status.phase().name().toLowerCase(Locale.ROOT));
    text.append(atWork(status));
    status
        .verification()
        .flatMap(Verification::underWay)
        .map(again -> ", verifying again" + progress(again))
        .ifPresent(text::append);
    if (!status.waitingFor().isEmpty()) {
      text.append("; waiting for ").append(String.join("; ", status.waitingFor()));
    }
    return text.toString();
  }

  private static String atWork(RunStatus status) {
    return status.together().isEmpty()
        ? status.step().map(step -> ", " + step).orElse("")
            + status.progress().map(StatusText::progress).orElse("")
        : status.together().stream()
            .map(one -> ", " + one.step() + progress(one))
            .collect(Collectors.joining());
  }

  private static String progress(Progress progress) {
    StringBuilder text = new StringBuilder();
    if (progress.total() > 0) {
      long percent = Math.min(100, progress.done() * 100 / progress.total());
      text.append(
          String.format(
              Locale.ROOT, " %d%% (%,d of %,d", percent, progress.done(), progress.total()));
      if (progress.perSecond() > 0) {
        text.append(String.format(Locale.ROOT, ", %,.0f/s", progress.perSecond()));
      }
      progress
          .remaining()
          .ifPresent(left -> text.append(", ").append(Amounts.duration(left)).append(" left"));
      text.append(')');
    }
    return text.toString();
  }

  private static String hazard(Hazard hazard) {
    return hazard.level().name().toLowerCase(Locale.ROOT)
        + " "
        + hazard.code()
        + ": "
        + hazard.message();
  }

  private static void section(StringBuilder text, String label, List<String> lines) {
    for (String line : lines) {
      text.append(label).append(": ").append(line).append('\n');
    }
  }
}
