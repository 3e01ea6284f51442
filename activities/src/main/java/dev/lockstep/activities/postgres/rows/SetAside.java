package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.PoisonRow;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows whose new value cannot be computed or stored. A backfill notes such a row in the ledger,
 * passes it over, and tries it again at its end: a person may put it right meanwhile, and else
 * learns of all of them at once instead of one a try.
 */
final class SetAside {
  /**
   * More than these are no exceptions but a wrong expression: the step ends at once. Finding one
   * takes about as many failing statements as the logarithm of a batch, so that these take seconds.
   */
  static final int MOST = 100;

  private static final int SHOWN = 5;

  /** Of the row itself. Who waits for a lock does better later. */
  private static final Set<String> CODES =
      Set.of(FaultCode.ROW_REFUSED.name(), FaultCode.STATEMENT_REFUSED.name());

  private SetAside() {}

  static boolean accepts(ApplicationFailure failure) {
    return CODES.contains(failure.getType());
  }

  /** The fault of a step with too many of them. */
  static ApplicationFailure tooMany(ApplicationFailure last, String step) {
    return Faults.failure(
        FaultCode.valueOf(last.getType()),
        "more than %d rows are refused; the last one: %s"
            .formatted(MOST, last.getOriginalMessage()),
        step,
        last);
  }

  /**
   * The fault of a step that is done but for these.
   *
   * @param rows at least one
   */
  static ApplicationFailure failure(List<PoisonRow> rows, String step) {
    String shown =
        rows.stream().limit(SHOWN).map(PoisonRow::message).collect(Collectors.joining("; "));
    String message =
        rows.size() == 1
            ? shown
            : "%d rows are refused, all others are done: %s%s"
                .formatted(
                    rows.size(),
                    shown,
                    rows.size() > SHOWN ? "; the others are in lockstep.poison_rows" : "");
    return Faults.failure(FaultCode.valueOf(rows.get(0).fault()), message, step);
  }
}
