package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;

/** Loads what {@link MydumperSession} gave: the tables by myloader, the rest without a program. */
final class MyloaderSession implements LoadSession {
  /** mydumper writes other names under an alias, which no choice of myloader's finds. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");

  private final Place place;
  private final Client client;
  private final MydumperArguments arguments;
  private final PortableMysqlLoad others;
  private final LeftStatements left;
  private final Pulse pulse;

  /**
   * Into a database.
   *
   * @param left by a myloader that was ended
   */
  MyloaderSession(
      Programs programs, PortableMysqlLoad others, LeftStatements left, Reporter reporter) {
    this.place = programs.place();
    this.client = programs.client();
    this.arguments = programs.arguments();
    this.others = others;
    this.left = left;
    this.pulse = new Pulse(reporter);
  }

  /** myloader, where it runs, and how it is called. */
  record Programs(Place place, Client client, MydumperArguments arguments) {}

  @Override
  public void load(String name, long bytes, InputStream content, List<String> tables)
      throws IOException {
    if (!name.equals(MydumperSession.TABLES)) {
      others.load(name, bytes, content, tables);
      return;
    }
    tables.stream()
        .map(Names::table)
        .filter(table -> !PLAIN.matcher(table).matches())
        .findFirst()
        .ifPresent(
            table -> {
              throw Faults.failure(
                  FaultCode.DEFINITION_WRONG,
                  "myloader cannot choose the table %s, whose name has more than letters, digits and _; wanted all tables"
                      .formatted(table),
                  "");
            });
    Program program =
        client.myloader(
            MydumperScript.load(arguments.loadSettings()),
            arguments.load(client.databaseName(), tables));
    boolean loaded = false;
    try {
      ProgramRun.toEnd(place, program.reading(new Program.Input(bytes, content)), pulse);
      loaded = true;
    } finally {
      if (!loaded) {
        left.await();
      }
    }
  }

  @Override
  public void finish() {
    others.finish();
  }

  @Override
  public void close() {
    pulse.close();
    others.close();
    place.close();
  }
}
