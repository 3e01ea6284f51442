package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.postgres.PostgresFaults;
import java.io.InputStream;
import java.util.List;

/** Programs that write parts of one snapshot, as many at a time as are opened. */
final class PostgresDumpSession implements DumpSession {
  private final Snapshot snapshot;
  private final Site site;
  private final Pulse pulse;
  private final DumpFacts facts;
  private final List<Part> parts;

  PostgresDumpSession(
      Snapshot snapshot, Site site, Pulse pulse, DumpFacts facts, List<DumpCommands.Part> parts) {
    this.snapshot = snapshot;
    this.site = site;
    this.pulse = pulse;
    this.facts = facts;
    this.parts = parts.stream().<Part>map(Written::new).toList();
  }

  @Override
  public DumpFacts facts() {
    return facts;
  }

  @Override
  public List<Part> parts() {
    return parts;
  }

  @Override
  public DumpFacts end() {
    pulse.check();
    return facts.withEndPosition(
        PostgresFaults.translated("", () -> Snapshot.position(snapshot.handle())));
  }

  @Override
  public void close() {
    try (site;
        snapshot) {
      pulse.close();
    }
  }

  private final class Written implements Part {
    private final DumpCommands.Part part;

    Written(DumpCommands.Part part) {
      this.part = part;
    }

    @Override
    public String name() {
      return part.name();
    }

    /** The pipeline compresses better, and all parts alike. */
    @Override
    public boolean compressed() {
      return false;
    }

    @Override
    public InputStream open() {
      pulse.check();
      return pulse.output(site.place().start(part.program()));
    }
  }
}
