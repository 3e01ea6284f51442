package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.ScriptPart;
import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.progress.Reporter;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Accounts, tables with their rows, everything else, grants: in this order. */
final class MydumperSession implements DumpSession {
  static final String TABLES = "tables.mydumper";

  private final Place place;
  private final MydumperEngine.Look look;
  private final Pulse pulse;
  private volatile @Nullable MydumperStream dumped;

  MydumperSession(Place place, MydumperEngine.Look look, Reporter reporter) {
    this.place = place;
    this.look = look;
    this.pulse = new Pulse(reporter);
  }

  @Override
  public DumpFacts facts() {
    return look.facts();
  }

  @Override
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    look.accounts().part(MysqlDumpSession.ACCOUNTS).ifPresent(parts::add);
    parts.add(new TablesPart());
    parts.add(new ScriptPart(PortableMysqlDump.OBJECTS, look.objects()::bytes));
    look.grants().part(MysqlDumpSession.GRANTS).ifPresent(parts::add);
    return List.copyOf(parts);
  }

  @Override
  public DumpFacts end() {
    @Nullable MydumperStream stream = dumped;
    if (stream == null) {
      return look.facts();
    }
    MydumperMetadata told = stream.metadata();
    SortedMap<String, Long> rows = new TreeMap<>();
    told.rows().forEach((table, count) -> rows.put(look.database() + "." + table, count));
    return look.facts().withPosition(told.position()).withRows(rows);
  }

  @Override
  public void close() {
    pulse.close();
    place.close();
  }

  private final class TablesPart implements Part {
    @Override
    public String name() {
      return TABLES;
    }

    @Override
    public boolean compressed() {
      return false;
    }

    @Override
    public InputStream open() {
      MydumperStream stream =
          new MydumperStream(
              pulse.over(place.start(look.program())).output(),
              () -> ProgramStream.cut(look.program(), place, "the end of its metadata"),
              pulse::check);
      dumped = stream;
      return stream;
    }
  }
}
