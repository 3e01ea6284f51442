package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.BlockerTermination.Sessions;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/** A step that may end whom it finds in its way, and the session {@code web} that is there. */
final class BlockersFixture implements AutoCloseable {
  static final Duration AFTER = Duration.ofMillis(300);
  static final Action.Statements ADD =
      SchemaFixture.statements("ALTER TABLE public.orders ADD COLUMN note text");

  /** So that every holder of some age is looked at before the queue. */
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(200);

  final SchemaFixture schema = new SchemaFixture();
  final Connection web = session("web");

  Connection session(String applicationName) {
    try {
      Connection connection = TestServer.connect(schema.database, applicationName);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static BlockerTermination ending(Sessions sessions) {
    return new BlockerTermination(sessions, AFTER, Optional.empty());
  }

  StepScope scope(BlockerTermination wanted) {
    StepScope scope = schema.scope("add", LOCK_TIMEOUT);
    return new StepScope(scope.run(), scope.step(), scope.database(), scope.limits().with(wanted));
  }

  /** Does the step at an attempt that has waited long enough. */
  StepOutcome add(BlockerTermination wanted) {
    schema.reporter = new RecordingReporter(5, Duration.ofMinutes(1));
    return schema.activities.applyStatements(scope(wanted), ADD);
  }

  /** Why the step was not done. */
  String refusal(BlockerTermination wanted) {
    ApplicationFailure failure =
        Assertions.catchThrowableOfType(ApplicationFailure.class, () -> add(wanted));
    Assertions.assertThat(failure.getType()).isEqualTo("LOCK_NOT_ACQUIRED");
    Assertions.assertThat(schema.columnExists("note")).isFalse();
    return failure.getOriginalMessage();
  }

  /** Waits until the session has been in its state for longer than is asked for. */
  void awaitStill(String applicationName) {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                schema.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = '"
                            + applicationName
                            + "' AND xact_start IS NOT NULL AND clock_timestamp() - state_change"
                            + " > interval '400 ms'")
                    == 1);
  }

  /** A session that was ended notices it only when it is used. */
  static boolean alive(Connection session) {
    try {
      session.createStatement().execute("SELECT 1");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  long noted() {
    return schema.count("SELECT count(*) FROM lockstep.ended_sessions WHERE step_id = 'add'");
  }

  @Override
  public void close() {
    try {
      web.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    schema.close();
  }
}
