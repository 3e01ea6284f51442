package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads what {@link PortableMysqlDump} gave, each part in a session of its own. A choice of tables
 * leaves out views, routines and events, and grants on single tables.
 */
final class PortableMysqlLoad implements LoadSession {
  /** Definitions of tens of thousands of objects; more than this is something else. */
  private static final int SCRIPT_BYTES = 256 << 20;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Supplier<OwnSession> sessions;
  private final DumpFacts facts;
  private final Accounted accounted;
  private final Pulse pulse;

  PortableMysqlLoad(
      Supplier<OwnSession> sessions, DumpFacts facts, Accounted accounted, Reporter reporter) {
    this.sessions = sessions;
    this.facts = facts;
    this.accounted = accounted;
    this.pulse = new Pulse(reporter);
  }

  /**
   * Whose accounts are made.
   *
   * @param database that their rights are moved to
   */
  record Accounted(Accountant accountant, String database) {}

  @Override
  public void load(String name, long bytes, InputStream content, List<String> tables)
      throws IOException {
    switch (name) {
      case MysqlDumpSession.ACCOUNTS -> accounts(script(name, bytes, content), false);
      case MysqlDumpSession.GRANTS -> accounts(script(name, bytes, content), !tables.isEmpty());
      case PortableMysqlDump.TABLES, PortableMysqlDump.OBJECTS ->
          objects(name, ObjectScript.parse(script(name, bytes, content)).of(chosen(tables)));
      default -> rows(name, new BufferedInputStream(content, BUFFER_BYTES), chosen(tables));
    }
  }

  private static List<String> chosen(List<String> tables) {
    return tables.isEmpty()
        ? tables
        : Stream.concat(tables.stream().map(Names::table), Stream.of(MysqlMarks.SENTINEL)).toList();
  }

  private static byte[] script(String name, long bytes, InputStream content) throws IOException {
    if (bytes > SCRIPT_BYTES) {
      throw failed(name + " has " + bytes + " bytes, at most " + SCRIPT_BYTES);
    }
    return content.readAllBytes();
  }

  private void accounts(byte[] script, boolean some) {
    List<String> statements = AccountScript.parse(script).movedTo(accounted.database());
    accounted
        .accountant()
        .run(
            some
                ? statements.stream().filter(line -> line.contains(".* TO ")).toList()
                : statements);
  }

  private void objects(String part, ObjectScript script) throws IOException {
    inSession(
        session ->
            translated(
                "the definitions in " + part,
                () -> {
                  new ObjectLoad(session).make(script.items());
                  return (long) script.items().size();
                }));
  }

  private void rows(String part, InputStream content, List<String> chosen) throws IOException {
    RowLines.Head head = RowLines.Head.read(part, content);
    if (!chosen.isEmpty() && !chosen.contains(head.table())) {
      content.transferTo(OutputStream.nullOutputStream());
      return;
    }
    long count = inSession(session -> rows(session, head, content));
    facts.rows().entrySet().stream()
        .filter(rows -> Names.table(rows.getKey()).equals(head.table()))
        .filter(rows -> rows.getValue() != count)
        .findFirst()
        .ifPresent(
            rows -> {
              throw failed("%s got %d rows of %d".formatted(head.table(), count, rows.getValue()));
            });
  }

  /** What the content throws goes through as it is. */
  private long rows(OwnSession session, RowLines.Head head, InputStream content)
      throws IOException {
    RowLoad load = new RowLoad(session, head, pulse::check);
    try {
      return translated("the rows of " + head.table(), () -> load.load(content));
    } catch (RuntimeException e) {
      @Nullable Exception broken = load.broken();
      if (broken instanceof IOException cut) {
        throw cut;
      }
      throw broken instanceof RuntimeException failure ? failure : e;
    }
  }

  private long inSession(Work work) throws IOException {
    OwnSession session = sessions.get();
    try {
      pulse.over(session);
      long done = work.run(session);
      session.leave();
      return done;
    } catch (RuntimeException e) {
      pulse.check();
      throw e;
    } finally {
      session.close();
    }
  }

  private static <T> T translated(String what, Callable<T> work) {
    try {
      return MysqlFaults.translated(work);
    } catch (ApplicationFailure e) {
      FaultCode code = FaultCode.valueOf(e.getType());
      throw code.kind().retried() || code == FaultCode.LOAD_FAILED
          ? e
          : failed(what + " cannot be loaded: " + e.getOriginalMessage());
    }
  }

  private static ApplicationFailure failed(String message) {
    return Faults.failure(FaultCode.LOAD_FAILED, message, "");
  }

  @Override
  public void finish() {
    // The grants were the last part.
  }

  @Override
  public void close() {
    pulse.close();
  }

  /** Work in a session. */
  @FunctionalInterface
  private interface Work {
    long run(OwnSession session) throws IOException;
  }
}
