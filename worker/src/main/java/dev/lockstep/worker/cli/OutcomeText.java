package dev.lockstep.worker.cli;

import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.fault.Fault;
import java.util.Locale;

/** How a run ended, for people. */
final class OutcomeText {
  private OutcomeText() {}

  static String of(RunOutcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append(outcome.run().isEmpty() ? "run" : outcome.run())
        .append(": ")
        .append(outcome.state().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .append(". ")
        .append(outcome.message())
        .append('\n');
    outcome.fault().ifPresent(fault -> text.append("  ").append(line(fault)).append('\n'));
    for (Fault fault : outcome.undoFailures()) {
      text.append("  not undone: ").append(line(fault)).append('\n');
    }
    outcome
        .figures()
        .forEach(
            (name, value) -> text.append(String.format(Locale.ROOT, "  %-22s %,d%n", name, value)));
    return text.toString();
  }

  private static String line(Fault fault) {
    String step = fault.step().isEmpty() ? "" : " in " + fault.step();
    return fault.code() + step + ": " + fault.message();
  }
}
