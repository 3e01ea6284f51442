package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.stream.BlockFilter;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** What a dump program writes. It ends only where it is known to be whole. */
abstract class ProgramStream extends BlockFilter {
  private final Supplier<IOException> cut;
  private final Runnable check;

  /**
   * Watches a stream.
   *
   * @param cut makes what is thrown where the end comes too early, or the stream is none of its
   * @param check throws where the activity shall stop: a program that was ended for that has not
   *     failed
   */
  ProgramStream(InputStream in, Supplier<IOException> cut, Runnable check) {
    super(in);
    this.cut = cut;
    this.check = check;
  }

  /** That a program ended without what stands at the end of a whole dump. */
  static IOException cut(Program program, Place place, String missing) {
    ApplicationFailure failure =
        Faults.failure(
            FaultCode.DUMP_FAILED,
            program + " at " + place.name() + " ended without " + missing,
            "");
    return new IOException(failure.getOriginalMessage(), failure);
  }

  /** Looks at what goes through. */
  abstract void follow(byte[] bytes, int offset, int read) throws IOException;

  /** Whether what went through is a whole dump. */
  abstract boolean isWhole();

  /** What is thrown where it is none. */
  final IOException cut() {
    return cut.get();
  }

  @Override
  public final int read(byte[] bytes, int offset, int length) throws IOException {
    int read = watched(bytes, offset, length);
    if (read >= 0) {
      follow(bytes, offset, read);
    } else if (!isWhole()) {
      throw cut();
    }
    return read;
  }

  private int watched(byte[] bytes, int offset, int length) throws IOException {
    check.run();
    try {
      return source.read(bytes, offset, length);
    } catch (IOException e) {
      check.run();
      throw e;
    }
  }
}
