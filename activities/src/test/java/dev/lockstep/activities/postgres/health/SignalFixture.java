package dev.lockstep.activities.postgres.health;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.definitions.model.Database;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** A database with a ledger, as the superuser and as a role that may see nothing of others. */
final class SignalFixture implements AutoCloseable {
  final Database database = TestServer.newDatabase();
  final Databases databases = TestServer.databases();
  final Jdbi jdbi = databases.open(database);

  SignalFixture() {
    jdbi.useHandle(handle -> new Ledger().create(handle));
  }

  Optional<String> concern(HealthSignal signal) {
    return concern(signal, jdbi);
  }

  static Optional<String> concern(HealthSignal signal, Jdbi jdbi) {
    return jdbi.withHandle(signal::concern);
  }

  /** The same database as somebody who may see nothing of others. */
  Jdbi guest() {
    TestServer.environment().put("GUEST_USER", TestServer.GUEST);
    TestServer.environment().put("GUEST_PASSWORD", TestServer.PASSWORD);
    return databases.open(TestServer.as(database, "GUEST_USER", "GUEST_PASSWORD"));
  }

  void execute(String... statements) {
    TestServer.execute(database, statements);
  }

  @Override
  public void close() {
    databases.close();
  }
}
