package dev.lockstep.activities.dump.portable;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.ScriptPart;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.progress.Reporter;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jdbi.v3.core.Jdbi;

/**
 * Definitions, one part a table, the rest: all as one snapshot sees them. Each table is read
 * through a connection of its own.
 */
final class PortableDumpSession implements DumpSession {
  static final String SCHEMA = "schema.sql";
  static final String REST = "rest.sql";

  private final Jdbi database;
  private final Snapshot snapshot;
  private final PortableEngine.Extent extent;
  private final Pulse pulse;
  private final String id;
  private final Script schema;
  private final Script rest;
  private final SortedMap<String, Long> rows = new ConcurrentSkipListMap<>();

  PortableDumpSession(
      Jdbi database, Snapshot snapshot, PortableEngine.Extent extent, Reporter reporter) {
    this.database = database;
    this.snapshot = snapshot;
    this.extent = extent;
    this.id = snapshot.export();
    this.schema = chosen(snapshot.statements(DefinitionQueries.BEFORE));
    List<Script.Statement> after = new ArrayList<>(snapshot.statements(DefinitionQueries.AFTER));
    after.addAll(snapshot.sequences());
    this.rest = chosen(after);
    this.pulse = new Pulse(reporter);
  }

  private Script chosen(List<Script.Statement> statements) {
    return new Script(statements).of(extent.choice());
  }

  @Override
  public DumpFacts facts() {
    return extent.facts();
  }

  @Override
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(script(SCHEMA, schema));
    for (Snapshot.Table table : extent.tables()) {
      parts.add(new TablePart(parts.size(), table));
    }
    parts.add(script(REST, rest));
    return List.copyOf(parts);
  }

  private static Part script(String name, Script script) {
    return new ScriptPart(name, () -> script.text().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public DumpFacts end() {
    return extent
        .facts()
        .withEndPosition(PostgresFaults.translated("", snapshot::position))
        .withRows(rows);
  }

  @Override
  public void close() {
    pulse.close();
    snapshot.close();
  }

  private final class TablePart implements Part {
    private final int number;
    private final Snapshot.Table table;

    TablePart(int number, Snapshot.Table table) {
      this.number = number;
      this.table = table;
    }

    /** With a number, because names are shortened to what every store takes. */
    @Override
    public String name() {
      String plain = table.qualified().replaceAll("[^A-Za-z0-9_.-]", "_");
      return "%05d-%s.copy".formatted(number, plain.substring(0, Math.min(plain.length(), 80)));
    }

    @Override
    public boolean compressed() {
      return false;
    }

    @Override
    public InputStream open() {
      return PostgresFaults.translated(
          "",
          () -> {
            Snapshot same = Snapshot.of(database, id);
            try {
              CopyStream stream =
                  new CopyStream(
                      same, table, pulse::check, count -> rows.put(table.qualified(), count));
              pulse.over(stream);
              return stream;
            } catch (RuntimeException | SQLException e) {
              same.close();
              throw e;
            }
          });
    }
  }
}
