package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.deploy.testbed.DatabaseKind;
import dev.lockstep.deploy.testbed.DatabaseServer;
import dev.lockstep.deploy.testbed.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The five-step change while real psql and real pgbench use the columns that change: version 1
 * until old clients have to be gone, version 2 from the moment on in which the new column is shown.
 */
final class PsqlAndPgbenchRealIT {
  @RegisterExtension static final TestDatabase POSTGRES = TestDatabase.of(DatabaseKind.POSTGRESQL);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String DATABASE = "psql_and_pgbench";
  private static final int ROWS = 60_000;

  private static final String VERSION_1 =
      """
      \\set id random(1, %d)
      SELECT first_name, last_name FROM customers WHERE id = :id;
      UPDATE customers SET first_name = 'Ada', last_name = 'Byron' || :id WHERE id = :id;
      INSERT INTO customers (first_name, last_name) VALUES ('Grace', 'Hopper');
      """
          .formatted(ROWS);
  private static final String VERSION_2 =
      """
      \\set id random(1, %d)
      SELECT full_name FROM customers WHERE id = :id;
      UPDATE customers SET full_name = 'Ada Lovelace' || :id WHERE id = :id;
      INSERT INTO customers (full_name) VALUES ('Grace Murray');
      """
          .formatted(ROWS);
  private static final List<String> COMMANDS_1 =
      List.of(
          "SELECT last_name, first_name FROM customers WHERE id = 7",
          "UPDATE customers SET last_name = 'Gates' WHERE id = 8",
          "SELECT count(*) FROM customers WHERE last_name = 'Gates'");
  private static final List<String> COMMANDS_2 =
      List.of(
          "SELECT full_name FROM customers WHERE id = 7",
          "UPDATE customers SET full_name = 'Jean Bartik' WHERE id = 8",
          "SELECT count(*) FROM customers WHERE full_name = 'Jean Bartik'");

  @TempDir private Path folder = Path.of("");

  @Test
  void noneOfTheirCommandsFails() throws Exception {
    DatabaseServer server = POSTGRES.server();
    prepare(server);
    List<ProgramLoop> old = clients(server, 1, VERSION_1, COMMANDS_1);
    List<ProgramLoop> young = new ArrayList<>();
    try (Connection pod = connect(server);
        Child run = Child.lockstep(folder, Map.of(), "run", definition(server))) {
      awaitDone(server, run, "migrate/%-show");
      young.addAll(clients(server, 2, VERSION_2, COMMANDS_2));
      awaitDone(server, run, "verify/%");
      awaitGate(server, run);
      old.forEach(ProgramLoop::end);
      assertThat(gate(server)).isNotEqualTo("DONE");
      pod.close();
      assertThat(run.exit()).as(run.output()).isZero();
    } finally {
      old.forEach(ProgramLoop::end);
      young.forEach(ProgramLoop::end);
    }
    List<ProgramLoop> all = new ArrayList<>(old);
    all.addAll(young);
    all.forEach(it -> System.out.println(it.sentence()));
    assertThat(all).allSatisfy(it -> assertThat(it.failures()).isEmpty());
    assertThat(all).allSatisfy(it -> assertThat(it.runs()).isPositive());
    assertOutcome(server, all.stream().mapToLong(ProgramLoop::transactions).sum());
  }

  private static void prepare(DatabaseServer server) throws InterruptedException {
    String first = server.kind().firstDatabase();
    server.answer(first, "DROP DATABASE IF EXISTS " + DATABASE);
    server.answer(first, "CREATE DATABASE " + DATABASE);
    server.answer(DATABASE, Examples.schemaSql());
    server.answer(
        DATABASE,
        "INSERT INTO customers (first_name, last_name)"
            + " SELECT 'First' || n, 'Last' || n FROM generate_series(201, "
            + ROWS
            + ") AS n");
    server.answer(DATABASE, "ANALYZE");
  }

  /** The example without its rollouts: the test itself brings version 2 and ends version 1. */
  private String definition(DatabaseServer server) throws Exception {
    String text = Examples.named("14-five-steps.yaml").text();
    String example =
        text.substring(0, text.indexOf("  rollouts:"))
            + text.substring(text.indexOf("  contract:"));
    Path file = folder.resolve("change.yaml");
    Files.writeString(file, new Requests(folder).text(example, server.url(DATABASE), "web"));
    return file.toString();
  }

  /** Two of pgbench, which speak the simple and the prepared protocol, and one of psql. */
  private static List<ProgramLoop> clients(
      DatabaseServer server, int version, String script, List<String> commands) {
    String file = server.place("version-" + version + ".sql", script);
    PostgresPrograms programs =
        new PostgresPrograms(server.endpointOfPrograms(), DATABASE, "shop-web/" + version);
    return List.of(
        ProgramLoop.start(
            server, "version " + version + " simple", n -> programs.pgbench("simple", file)),
        ProgramLoop.start(
            server, "version " + version + " prepared", n -> programs.pgbench("prepared", file)),
        ProgramLoop.start(
            server,
            "version " + version + " psql",
            n -> programs.psql(commands.get(n % commands.size()))));
  }

  /** Stands for the pods of version 1: between two runs of its programs it has no other session. */
  private static Connection connect(DatabaseServer server) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", "postgres");
    properties.setProperty("ApplicationName", "shop-web/1 pod");
    return DriverManager.getConnection(server.url(DATABASE), properties);
  }

  /** Until the ledger has steps like this and all of them are done. */
  private static void awaitDone(DatabaseServer server, Child run, String steps) {
    await(
        run,
        steps + " done",
        () ->
            server
                .answer(
                    DATABASE,
                    "SELECT bool_and(state = 'DONE') FROM lockstep.steps WHERE step_id LIKE '"
                        + steps
                        + "'")
                .equals("t"));
  }

  /** Until it has begun; as long as old clients are connected it must not end. */
  private static void awaitGate(DatabaseServer server, Child run) {
    await(run, "gate begun", () -> !gate(server).isEmpty());
  }

  private static String gate(DatabaseServer server) throws InterruptedException {
    return server.answer(
        DATABASE, "SELECT state FROM lockstep.steps WHERE step_id = 'gate/old-clients'");
  }

  private static void await(Child run, String what, Callable<Boolean> condition) {
    try {
      Awaitility.await(what)
          .atMost(PATIENCE)
          .failFast("the run has ended", () -> !run.isAlive())
          // Before the ledger is there, it cannot be asked.
          .ignoreExceptionsInstanceOf(IllegalStateException.class)
          .until(condition);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      throw new AssertionError(what + ": " + run.output(), e);
    }
  }

  private static void assertOutcome(DatabaseServer server, long inserted)
      throws InterruptedException {
    assertThat(
            server.answer(
                DATABASE,
                "SELECT string_agg(attname, ' ' ORDER BY attname) FROM pg_attribute WHERE attnum >"
                    + " 0 AND NOT attisdropped AND attrelid = 'customers'::regclass"))
        .isEqualTo("created_at email full_name id phone");
    assertThat(server.answer(DATABASE, "SELECT count(*), count(full_name) FROM customers"))
        .isEqualTo((ROWS + inserted) + "|" + (ROWS + inserted));
    assertThat(
            server.answer(
                DATABASE,
                "SELECT count(*) FROM customers WHERE full_name !~ '^(First[0-9]+ Last[0-9]+"
                    + "|(First8|Ada|Jean) Gates|Ada (Byron|Lovelace)[0-9]+|Jean Bartik"
                    + "|Grace (Hopper|Murray))$'"))
        .isEqualTo("0");
  }
}
