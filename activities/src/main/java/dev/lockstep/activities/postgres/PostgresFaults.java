package dev.lockstep.activities.postgres;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The one translator from what JDBC throws to faults. A message has the server's sentence, its hint
 * and the constraint; never its DETAIL, which quotes rows, and never the statement with its values.
 */
public final class PostgresFaults {
  /** read_only_sql_transaction. */
  private static final String READ_ONLY = "25006";

  private static final String ONLY_READS =
      "the address leads to a standby, or its transactions are set to read only: ";

  private PostgresFaults() {}

  /**
   * The fault behind an exception. A failure in its causes is given back as it is; what is no
   * SQLException is {@code INTERNAL_ERROR}.
   *
   * @param step id of the step, or empty
   */
  public static ApplicationFailure translate(Exception exception, String step) {
    Optional<ApplicationFailure> known = find(exception, ApplicationFailure.class);
    if (known.isPresent()) {
      return known.get();
    }
    if (interrupted(exception)) {
      return Faults.failure(
          FaultCode.SERVER_UNREACHABLE,
          "the worker is being stopped; the step goes on later",
          step);
    }
    return serverRefusal(exception)
        .map(e -> Faults.failure(SqlStates.fault(state(e)), message(e), step))
        .orElseGet(
            () ->
                Faults.failure(
                    FaultCode.INTERNAL_ERROR,
                    exception.getClass().getSimpleName() + ": " + exception.getMessage(),
                    step));
  }

  /**
   * Does an activity's work with its exceptions translated. The wish to stop the activity goes
   * through as it is.
   */
  public static <T> T translated(String step, Work<T> work) {
    try {
      return work.run();
    } catch (Exception e) {
      Optional<ActivityCompletionException> stop = find(e, ActivityCompletionException.class);
      if (stop.isPresent()) {
        throw stop.get();
      }
      throw translate(e, step);
    }
  }

  /** The SQLSTATE of the server's refusal in the causes. */
  public static Optional<String> sqlState(Throwable exception) {
    return serverRefusal(exception).flatMap(PostgresFaults::state);
  }

  /** The name of the constraint or unique index that the server's refusal speaks of. */
  public static Optional<String> constraint(Throwable exception) {
    return serverMessage(exception).map(ServerErrorMessage::getConstraint);
  }

  private static boolean interrupted(Exception exception) {
    return Thread.currentThread().isInterrupted()
        || find(exception, InterruptedException.class).isPresent();
  }

  private static String message(SQLException refusal) {
    String state = state(refusal).orElse("no SQLSTATE");
    return (state.equals(READ_ONLY) ? ONLY_READS : "")
        + serverMessage(refusal)
            .map(message -> sentence(message) + " (SQLSTATE " + state + ")")
            .orElseGet(() -> firstLine(refusal) + " (SQLSTATE " + state + ")");
  }

  private static String sentence(ServerErrorMessage message) {
    StringBuilder text = new StringBuilder(String.valueOf(message.getMessage()));
    @Nullable String hint = message.getHint();
    if (hint != null) {
      text.append("; hint: ").append(hint);
    }
    return text.toString();
  }

  private static String firstLine(SQLException refusal) {
    @Nullable String text = refusal.getMessage();
    return text == null ? refusal.getClass().getSimpleName() : text.lines().findFirst().orElse("");
  }

  private static Optional<String> state(SQLException refusal) {
    return Optional.ofNullable(refusal.getSQLState());
  }

  private static Optional<ServerErrorMessage> serverMessage(Throwable exception) {
    return find(exception, PSQLException.class).map(PSQLException::getServerErrorMessage);
  }

  /** The driver's own exception rather than that of the pool around it. */
  private static Optional<SQLException> serverRefusal(Throwable exception) {
    Optional<SQLException> driver =
        find(exception, PSQLException.class).map(SQLException.class::cast);
    return driver.isPresent() ? driver : find(exception, SQLException.class);
  }

  private static <X> Optional<X> find(Throwable exception, Class<X> type) {
    return Stream.<@Nullable Throwable>iterate(
            exception, e -> e != null, e -> e == null ? null : e.getCause())
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  /** Work that may throw what JDBC and JDBI throw. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws Exception;
  }
}
