package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.LockMode;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** A database with a table {@code orders} and a ledger, and the activities that work on it. */
final class SchemaFixture implements AutoCloseable {
  static final TableName ORDERS = new TableName("public", "orders");
  static final TableLock EXCLUSIVE = new TableLock(ORDERS, LockMode.ACCESS_EXCLUSIVE);

  final Database database = TestServer.newDatabase();
  final Databases databases = TestServer.databases();
  final Jdbi jdbi = databases.open(database);
  RecordingReporter reporter = new RecordingReporter();
  final PostgresSchemaActivities activities =
      new PostgresSchemaActivities(databases, () -> reporter);

  SchemaFixture() {
    jdbi.useHandle(handle -> new Ledger().create(handle));
    TestServer.execute(
        database,
        "CREATE TABLE orders (id bigint PRIMARY KEY, customer text, amount integer)",
        "INSERT INTO orders SELECT n, 'c' || n % 10, n FROM generate_series(1, 1000) AS n");
  }

  StepScope scope(String step) {
    return scope(step, Duration.ofMillis(500));
  }

  StepScope scope(String step, Duration lockTimeout) {
    Limits limits =
        new Limits(lockTimeout, Duration.ofMillis(50), Optional.empty(), Optional.empty(), 2);
    return new StepScope(new RunKey("change-orders/1"), step, database, limits);
  }

  static Action.Statements statements(String... sql) {
    return new Action.Statements(List.of(sql), List.of(EXCLUSIVE));
  }

  Optional<String> value(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).findOne());
  }

  long count(String sql) {
    return Long.parseLong(value(sql).orElse("0"));
  }

  boolean columnExists(String column) {
    return count(
            "SELECT count(*) FROM information_schema.columns WHERE table_name = 'orders'"
                + " AND column_name = '"
                + column
                + "'")
        == 1;
  }

  static String code(ApplicationFailure failure) {
    return failure.getType();
  }

  @Override
  public void close() {
    databases.close();
    TestServer.drop(database);
  }
}
