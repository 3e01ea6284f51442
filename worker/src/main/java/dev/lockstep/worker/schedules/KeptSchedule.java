package dev.lockstep.worker.schedules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the clock of this process remembers of a schedule.
 *
 * @param digest of the definition; a changed one begins anew
 * @param handled times up to this one were decided on
 * @param waiting times whose run is still to be started
 * @param running times whose run was started and has not ended
 * @param missed times that nothing could start within {@code catchUp}
 * @param skipped times that an overlap left out
 * @param last runs that ended, the newest first
 */
record KeptSchedule(
    String digest,
    Instant handled,
    List<Instant> waiting,
    List<Instant> running,
    long missed,
    long skipped,
    List<Past> last) {
  private static final int MOST_PAST = 20;

  KeptSchedule {
    waiting = List.copyOf(waiting);
    running = List.copyOf(running);
    last = List.copyOf(last);
  }

  /** One that is seen for the first time: what was due before is not its matter. */
  static KeptSchedule fresh(String digest, Instant now) {
    return new KeptSchedule(digest, now, List.of(), List.of(), 0, 0, List.of());
  }

  /** That of a process that ended: its unfinished runs wait again. */
  KeptSchedule afterRestart(String currentDigest, Instant now) {
    if (!digest.equals(currentDigest)) {
      return new KeptSchedule(currentDigest, now, List.of(), List.of(), missed, skipped, last);
    }
    List<Instant> again = new ArrayList<>(running);
    again.addAll(waiting);
    return new KeptSchedule(
        digest, handled, again.stream().sorted().toList(), List.of(), missed, skipped, last);
  }

  /** After a run ended. */
  KeptSchedule ended(Past run) {
    List<Instant> others = new ArrayList<>(running);
    others.remove(run.due());
    List<Past> past = new ArrayList<>(List.of(run));
    past.addAll(last.subList(0, Math.min(last.size(), MOST_PAST - 1)));
    return new KeptSchedule(digest, handled, waiting, others, missed, skipped, past);
  }

  /**
   * A run that ended.
   *
   * @param state that of the run, in small letters
   */
  record Past(Instant due, Instant ended, String state) {}
}
