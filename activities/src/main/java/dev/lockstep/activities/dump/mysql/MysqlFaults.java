package dev.lockstep.activities.dump.mysql;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one translator from what JDBC throws for MySQL and MariaDB to faults. What the server says of
 * a refused row quotes it, and is left out.
 */
public final class MysqlFaults {
  /** The driver begins its messages with the number of the connection. */
  private static final Pattern CONNECTION = Pattern.compile("^\\(conn=-?\\d+\\) ");

  private MysqlFaults() {}

  /**
   * The fault behind an exception. A failure in its causes is given back as it is; what is no
   * SQLException is {@code INTERNAL_ERROR}.
   */
  public static ApplicationFailure translate(Exception exception) {
    Optional<ApplicationFailure> known = find(exception, ApplicationFailure.class);
    if (known.isPresent()) {
      return known.get();
    }
    if (Thread.currentThread().isInterrupted()
        || find(exception, InterruptedException.class).isPresent()) {
      return Faults.failure(
          FaultCode.SERVER_UNREACHABLE, "the worker is being stopped; the step goes on later", "");
    }
    return refusal(exception)
        .map(MysqlFaults::fault)
        .orElseGet(
            () ->
                Faults.failure(
                    FaultCode.INTERNAL_ERROR,
                    exception.getClass().getSimpleName() + ": " + exception.getMessage(),
                    ""));
  }

  /**
   * Does work with its exceptions translated. The wish to stop the activity goes through as it is.
   */
  public static <T> T translated(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      Optional<ActivityCompletionException> stop = find(e, ActivityCompletionException.class);
      if (stop.isPresent()) {
        throw stop.get();
      }
      throw translate(e);
    }
  }

  private static ApplicationFailure fault(SQLException refusal) {
    Optional<String> state = Optional.ofNullable(refusal.getSQLState());
    FaultCode code = ErrorNumbers.fault(refusal.getErrorCode(), state);
    String sentence =
        code == FaultCode.ROW_REFUSED ? "the server refuses a row" : firstLine(refusal);
    return Faults.failure(
        code,
        "%s (error %d, SQLSTATE %s)"
            .formatted(sentence, refusal.getErrorCode(), state.orElse("none")),
        "");
  }

  private static String firstLine(SQLException refusal) {
    @Nullable String text = refusal.getMessage();
    return text == null
        ? refusal.getClass().getSimpleName()
        : CONNECTION.matcher(text.lines().findFirst().orElse("")).replaceFirst("");
  }

  /** The server's own, which is the innermost: the pool and the driver wrap theirs around it. */
  private static Optional<SQLException> refusal(Throwable exception) {
    return causes(exception)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .reduce((outer, inner) -> inner.getSQLState() == null ? outer : inner);
  }

  private static <X> Optional<X> find(Throwable exception, Class<X> type) {
    return causes(exception).filter(type::isInstance).map(type::cast).findFirst();
  }

  private static Stream<Throwable> causes(Throwable exception) {
    Stream.Builder<Throwable> causes = Stream.builder();
    for (Throwable e = exception; e != null; e = e.getCause()) {
      causes.add(e);
    }
    return causes.build();
  }
}
