package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.dump.place.Running;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A program that only reads. */
final class ProgramRun {
  private ProgramRun() {}

  /**
   * Runs it to its end.
   *
   * @throws ApplicationFailure its own fault, or the wish to stop
   * @throws IOException what broke its input
   */
  static void toEnd(Place place, Program program, Pulse pulse) throws IOException {
    try (Running running = pulse.over(place.start(program))) {
      running.output().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      pulse.check();
      @Nullable Throwable cause = e.getCause();
      if (cause instanceof ApplicationFailure failure) {
        throw failure;
      }
      throw cause instanceof IOException broken ? broken : e;
    }
  }
}
