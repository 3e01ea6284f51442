package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.Link;
import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** pg_basebackup, whose archive holds the log from the begin of the base to its end. */
final class BaseSession implements DumpSession {
  /** The name of its part. */
  static final String PART = "base.tar";

  private final Begun begun;
  private final Program program;
  private final LogServer server;
  private final DumpFacts facts;
  private final String because;
  private @Nullable BaseEnd end;

  /**
   * Nothing is copied yet.
   *
   * @param server as it was before
   * @param because why it is a base
   */
  BaseSession(Begun begun, Program program, LogServer server, DumpFacts facts, String because) {
    this.begun = begun;
    this.program = program;
    this.server = server;
    this.facts = facts;
    this.because = because;
  }

  /**
   * What a session has open.
   *
   * @param clock that of the database, on a connection that did not idle as long as the copy took
   */
  record Begun(Supplier<Instant> clock, Place place, Pulse pulse, AutoCloseable all) {}

  @Override
  public DumpFacts facts() {
    return facts;
  }

  @Override
  public List<Part> parts() {
    return List.of(new Archive());
  }

  /** What the log says from there on is taken by the runs to come, from the next file on. */
  @Override
  public DumpFacts end() {
    begun.pulse().check();
    BaseEnd.Range range =
        Optional.ofNullable(end)
            .flatMap(BaseEnd::range)
            .orElseThrow(() -> failed("does not end with the manifest of a base"));
    if (range.timeline() != server.timeline()) {
      throw failed("is of timeline %d, not of %d".formatted(range.timeline(), server.timeline()));
    }
    Link link =
        new Link(
            Link.Kind.BASE,
            server.system(),
            server.timeline(),
            server.segmentBytes(),
            PostgresFaults.translated("", begun.clock()::get),
            Optional.of(because),
            Optional.empty());
    return facts
        .withPosition(Optional.of(range.start().toString()))
        .withEndPosition(range.end().endOfFile(server.segmentBytes()).toString())
        .withLink(link);
  }

  private RuntimeException failed(String what) {
    return Faults.failure(FaultCode.DUMP_FAILED, "what " + program + " wrote " + what, "");
  }

  @Override
  public void close() {
    Closing.quietly(begun.all());
  }

  private final class Archive implements Part {
    @Override
    public String name() {
      return PART;
    }

    @Override
    public boolean compressed() {
      return false;
    }

    @Override
    public InputStream open() {
      begun.pulse().check();
      BaseEnd stream = new BaseEnd(begun.pulse().output(begun.place().start(program)));
      end = stream;
      return stream;
    }
  }
}
