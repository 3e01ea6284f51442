package dev.lockstep.worker.report;

import dev.lockstep.worker.report.page.Mark;
import dev.lockstep.worker.report.page.Quantities;
import dev.lockstep.workflows.api.StepReport.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Names of the record tree as people read them. */
final class Words {
  static final String NOTHING = "-";

  private Words() {}

  /** {@code ROLLED_BACK} as {@code rolled back}. */
  static String of(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String of(Enum<?> constant) {
    return of(constant.name());
  }

  static String time(Optional<Instant> moment) {
    return moment.map(Quantities::moment).orElse(NOTHING);
  }

  static String between(Optional<Instant> from, Optional<Instant> to) {
    return from.flatMap(begin -> to.map(end -> Duration.between(begin, end)))
        .map(Quantities::duration)
        .orElse(NOTHING);
  }

  static Mark mark(StepState state) {
    return switch (state) {
      case DONE -> Mark.GOOD;
      case PENDING, RUNNING -> Mark.PLAIN;
      case SKIPPED, UNDONE -> Mark.CARE;
      case FAILED, UNDO_FAILED -> Mark.BAD;
    };
  }

  /** Of a run's state, be it one that only the service knows. */
  static Mark mark(String state) {
    return switch (state) {
      case "SUCCEEDED" -> Mark.GOOD;
      case "FAILED", "TERMINATED", "TIMED_OUT", "HELD" -> Mark.BAD;
      case "ROLLED_BACK", "ROLLING_BACK", "CANCELLED", "PAUSED", "WAITING" -> Mark.CARE;
      default -> Mark.PLAIN;
    };
  }
}
