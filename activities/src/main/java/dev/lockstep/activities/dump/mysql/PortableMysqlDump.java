package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.ScriptPart;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.progress.Reporter;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Accounts, tables, their rows one part a table, everything else, grants: in this order. */
final class PortableMysqlDump implements DumpSession {
  static final String TABLES = "tables.sql";
  static final String OBJECTS = "objects.sql";

  private final MysqlSnapshot snapshot;
  private final PortableMysqlEngine.Found found;
  private final Pulse pulse;
  private final ObjectScript tables;
  private final ObjectScript objects;
  private final Optional<String> position;
  private final SortedMap<String, Long> rows = new ConcurrentSkipListMap<>();

  PortableMysqlDump(
      MysqlSnapshot snapshot,
      PortableMysqlEngine.Found found,
      List<String> chosen,
      Reporter reporter)
      throws SQLException {
    this.snapshot = snapshot;
    this.found = found;
    this.position = snapshot.position();
    List<String> names = chosen.stream().map(Names::table).toList();
    ObjectReader reader = new ObjectReader(snapshot.handle());
    this.tables = new ObjectScript(reader.tables(names));
    this.objects = new ObjectScript(reader.others()).of(names);
    this.pulse = new Pulse(reporter);
    pulse.over(snapshot.session());
  }

  @Override
  public DumpFacts facts() {
    return found.facts();
  }

  @Override
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    found.accounts().part(MysqlDumpSession.ACCOUNTS).ifPresent(parts::add);
    parts.add(new ScriptPart(TABLES, tables::bytes));
    for (ObjectScript.Item table : tables.items()) {
      parts.add(new RowsPart(parts.size(), table.name()));
    }
    parts.add(new ScriptPart(OBJECTS, objects::bytes));
    found.grants().part(MysqlDumpSession.GRANTS).ifPresent(parts::add);
    return List.copyOf(parts);
  }

  @Override
  public DumpFacts end() {
    return found.facts().withPosition(position).withRows(rows);
  }

  @Override
  public void close() {
    if (snapshot.turn().tryAcquire()) {
      snapshot.session().leave();
    }
    pulse.close();
    snapshot.session().close();
  }

  private final class RowsPart implements Part {
    private final int number;
    private final String table;

    RowsPart(int number, String table) {
      this.number = number;
      this.table = table;
    }

    /** With a number, because names are shortened to what every store takes. */
    @Override
    public String name() {
      String plain = table.replaceAll("[^A-Za-z0-9_.-]", "_");
      return "%05d-%s.rows".formatted(number, plain.substring(0, Math.min(plain.length(), 80)));
    }

    @Override
    public boolean compressed() {
      return false;
    }

    /** Waits until the table before was read. */
    @Override
    public InputStream open() throws IOException {
      if (!snapshot.await(pulse::check)) {
        pulse.check();
        throw new IOException("the dump was ended before the rows of " + table);
      }
      try {
        return MysqlFaults.translated(this::stream);
      } catch (RuntimeException e) {
        snapshot.turn().release();
        pulse.check();
        throw e;
      }
    }

    private InputStream stream() throws SQLException {
      List<ColumnForm> forms = ColumnForm.of(snapshot.handle(), table);
      RowLines.Head head =
          new RowLines.Head(
              table,
              forms.stream().map(ColumnForm::name).toList(),
              forms.stream().map(ColumnForm::type).toList());
      String qualified = found.database() + "." + table;
      return new RowStream(snapshot, head, pulse::check, count -> rows.put(qualified, count));
    }
  }
}
