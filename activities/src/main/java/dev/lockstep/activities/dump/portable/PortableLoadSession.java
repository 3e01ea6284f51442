package dev.lockstep.activities.dump.portable;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Loads what {@link PortableDumpSession} gave: each part in one transaction. */
final class PortableLoadSession implements LoadSession {
  /** Definitions of tens of thousands of tables; more than this is something else. */
  private static final int SCRIPT_BYTES = 256 << 20;

  private static final List<String> SETTINGS =
      List.of(
          "SET LOCAL search_path = ''",
          "SET LOCAL DateStyle = 'ISO, YMD'",
          "SET LOCAL IntervalStyle = 'postgres'",
          "SET LOCAL statement_timeout = 0",
          "SET LOCAL idle_in_transaction_session_timeout = 0",
          "SET LOCAL check_function_bodies = off");

  private final Jdbi database;
  private final DumpFacts facts;
  private final Reporter reporter;

  PortableLoadSession(Jdbi database, DumpFacts facts, Reporter reporter) {
    this.database = database;
    this.facts = facts;
    this.reporter = reporter;
  }

  @Override
  public void load(String name, long bytes, InputStream content, List<String> tables)
      throws IOException {
    if (name.equals(PortableDumpSession.SCHEMA) || name.equals(PortableDumpSession.REST)) {
      if (bytes > SCRIPT_BYTES) {
        throw failed(name + " has " + bytes + " bytes, at most " + SCRIPT_BYTES);
      }
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      run(name, Script.parse(text).of(withSentinel(tables)).statements());
      return;
    }
    CopyContent rows = CopyContent.begin(name, bytes, content);
    if (tables.isEmpty() || withSentinel(tables).contains(rows.table())) {
      copy(rows);
    } else {
      content.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static List<String> withSentinel(List<String> tables) {
    return tables.isEmpty()
        ? tables
        : Stream.concat(
                PortableEngine.qualified(tables).stream(), Stream.of(PortableEngine.SENTINEL))
            .toList();
  }

  private void run(String name, List<Script.Statement> statements) {
    inTransaction(
        name,
        connection -> {
          for (Script.Statement statement : statements) {
            reporter.alive();
            execute(connection, statement.sql());
          }
        });
  }

  private void copy(CopyContent rows) throws IOException {
    try {
      inTransaction(
          rows.table(),
          connection -> {
            long count = rows.copyInto(connection, reporter::alive);
            long expected = facts.rows().getOrDefault(rows.table(), count);
            if (count != expected) {
              throw failed("%s got %d rows of %d".formatted(rows.table(), count, expected));
            }
          });
    } catch (RuntimeException e) {
      @Nullable Exception broken = rows.broken();
      if (broken instanceof IOException cut) {
        throw cut;
      }
      throw broken instanceof RuntimeException failure ? failure : e;
    }
  }

  private void inTransaction(String what, Work work) {
    try {
      PostgresFaults.translated(
          "",
          () -> {
            try (Handle handle = database.open()) {
              handle.begin();
              for (String setting : SETTINGS) {
                execute(handle.getConnection(), setting);
              }
              Connection connection = handle.getConnection();
              Watch.over(connection, reporter, () -> done(connection, work));
              handle.commit();
            }
            return true;
          });
    } catch (ApplicationFailure e) {
      FaultCode code = FaultCode.valueOf(e.getType());
      throw code.kind().retried() || code == FaultCode.LOAD_FAILED
          ? e
          : failed(what + " cannot be loaded: " + e.getOriginalMessage());
    }
  }

  private static boolean done(Connection connection, Work work) throws SQLException {
    work.run(connection);
    return true;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static ApplicationFailure failed(String message) {
    return Faults.failure(FaultCode.LOAD_FAILED, message, "");
  }

  /** The planner knows nothing of rows that came by COPY. */
  @Override
  public void finish() {
    PostgresFaults.translated(
        "",
        () -> {
          try (Handle handle = database.open()) {
            Connection connection = handle.getConnection();
            return Watch.over(
                connection,
                reporter,
                () -> done(connection, session -> execute(session, "ANALYZE")));
          }
        });
  }

  @Override
  public void close() {
    // Every transaction has ended with its part.
  }

  /** Statements of one transaction. */
  @FunctionalInterface
  private interface Work {
    void run(Connection connection) throws SQLException;
  }
}
