package dev.lockstep.activities.postgres;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Asks the author's query in a transaction that can change nothing. */
final class Question {
  /** read_only_sql_transaction. */
  private static final String WRITES = "25006";

  /** A query of a definition that is slower belongs into a step of its own. */
  private static final String TIME_LIMIT = "60s";

  private static final int SHOWN_CHARACTERS = 200;

  private final String step;
  private final Action.Ask action;

  Question(String step, Action.Ask action) {
    this.step = step;
    this.action = action;
  }

  void ask(Handle handle, Reporter reporter) {
    Optional<String> answer = Watch.over(handle.getConnection(), reporter, () -> answer(handle));
    if (!answer.equals(Optional.of(action.expect()))) {
      throw failure(
          FaultCode.ANSWER_UNEXPECTED,
          "expected " + action.expect() + ", got " + answer.map(Question::shown).orElse("nothing"));
    }
  }

  private Optional<String> answer(Handle handle) {
    try {
      return handle.inTransaction(
          transaction -> {
            PlainSql.run(transaction, "SET TRANSACTION READ ONLY");
            PlainSql.run(transaction, "SET LOCAL statement_timeout = '" + TIME_LIMIT + "'");
            return PlainSql.value(transaction, action.query());
          });
    } catch (JdbiException e) {
      if (PostgresFaults.sqlState(e).filter(WRITES::equals).isPresent()) {
        throw failure(FaultCode.STATEMENT_REFUSED, "its query must not write");
      }
      throw e;
    }
  }

  private ApplicationFailure failure(FaultCode code, String what) {
    return Faults.failure(code, "check " + action.name() + ": " + what, step);
  }

  private static String shown(String answer) {
    return answer.length() <= SHOWN_CHARACTERS
        ? answer
        : answer.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
