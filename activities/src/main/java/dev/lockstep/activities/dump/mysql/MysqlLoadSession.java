package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Loads what {@link MysqlDumpSession} gave. A choice of tables leaves out views, routines and
 * events, and grants on single tables; foreign keys may then lead to tables that are not there.
 */
final class MysqlLoadSession implements LoadSession {
  /** Accounts of a server are few; more than this is something else. */
  private static final int SCRIPT_BYTES = 64 << 20;

  private final Place place;
  private final Client client;
  private final Accountant accountant;
  private final Pulse pulse;
  private final Dump.Scope scope;

  MysqlLoadSession(
      Place place, Client client, Accountant accountant, Reporter reporter, Dump.Scope scope) {
    this.place = place;
    this.client = client;
    this.accountant = accountant;
    this.pulse = new Pulse(reporter);
    this.scope = scope;
  }

  @Override
  public void load(String name, long bytes, InputStream content, List<String> tables)
      throws IOException {
    if (name.equals(MysqlDumpSession.ACCOUNTS) || name.equals(MysqlDumpSession.GRANTS)) {
      List<String> statements = script(bytes, content).movedTo(client.databaseName());
      accountant.run(
          tables.isEmpty() || name.equals(MysqlDumpSession.ACCOUNTS)
              ? statements
              : statements.stream().filter(line -> line.contains(".* TO ")).toList());
      return;
    }
    Optional<String> database =
        scope == Dump.Scope.SERVER ? Optional.empty() : Optional.of(client.databaseName());
    Program.Input input = new Program.Input(bytes, new Sections(content, tables));
    ProgramRun.toEnd(place, client.load(database).reading(input), pulse);
  }

  private static AccountScript script(long bytes, InputStream content) throws IOException {
    if (bytes > SCRIPT_BYTES) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED, "accounts of " + bytes + " bytes, at most " + SCRIPT_BYTES, "");
    }
    return AccountScript.parse(content.readAllBytes());
  }

  @Override
  public void finish() {
    // The grants were the last part.
  }

  @Override
  public void close() {
    pulse.close();
    place.close();
  }
}
