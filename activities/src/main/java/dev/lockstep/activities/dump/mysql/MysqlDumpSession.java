package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.progress.Reporter;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts, everything else, grants: in this order. */
final class MysqlDumpSession implements DumpSession {
  static final String ACCOUNTS = "accounts.sql";
  static final String GRANTS = "grants.sql";

  private final Place place;
  private final MysqlDumpEngine.Look look;
  private final Pulse pulse;
  private volatile @Nullable TrailedStream dumped;

  MysqlDumpSession(Place place, MysqlDumpEngine.Look look, Reporter reporter) {
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
    look.accounts().part(ACCOUNTS).ifPresent(parts::add);
    parts.add(new ProgramPart());
    look.grants().part(GRANTS).ifPresent(parts::add);
    return List.copyOf(parts);
  }

  @Override
  public DumpFacts end() {
    @Nullable TrailedStream stream = dumped;
    return look.facts().withPosition(stream == null ? Optional.empty() : stream.position());
  }

  @Override
  public void close() {
    pulse.close();
    place.close();
  }

  private final class ProgramPart implements Part {
    @Override
    public String name() {
      return look.part();
    }

    @Override
    public boolean compressed() {
      return false;
    }

    @Override
    public InputStream open() {
      Program program = look.program();
      TrailedStream stream =
          new TrailedStream(
              pulse.over(place.start(program)).output(),
              () -> ProgramStream.cut(program, place, "its last line"),
              pulse::check);
      dumped = stream;
      return stream;
    }
  }
}
