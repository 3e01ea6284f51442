package dev.lockstep.worker.schedules;

import dev.lockstep.definitions.clock.Blackouts;
import dev.lockstep.definitions.clock.DueTimes;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.workflows.wire.Wire;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a schedule without a Temporal service does at a moment. Nothing here looks at a clock.
 *
 * <ol>
 *   <li>Times that have come since the last look, later by their jitter, wait to be started; those
 *       that are older than {@code catchUp} are missed.
 *   <li>In a blackout, what waits goes on waiting, and is missed once it is older than {@code
 *       catchUp}.
 *   <li>Else the overlap decides what of it starts, waits on or is skipped.
 *   <li>While paused, times pass and count nowhere.
 * </ol>
 */
final class ClockRules {
  /** At one look; of more, nobody wants the number. */
  private static final int MOST_TIMES = 10_000;

  private final Schedule schedule;
  private final DueTimes times;
  private final Blackouts windows;
  private final ZoneId zone;

  ClockRules(Schedule schedule) {
    this.schedule = schedule;
    this.times = DueTimes.of(schedule);
    this.windows = Blackouts.withoutJitter(schedule);
    this.zone = ZoneId.of(schedule.timeZone());
  }

  /**
   * What to do.
   *
   * @param kept after it was done
   * @param starts times whose run is to be started, already among those that run
   * @param cancel whether the runs under way are to be cancelled
   */
  record Decision(KeptSchedule kept, List<Instant> starts, boolean cancel) {}

  Decision at(Instant now, KeptSchedule before) {
    if (schedule.paused()) {
      return new Decision(with(before, now, List.of(), 0), List.of(), false);
    }
    KeptSchedule due = collect(now, before);
    LocalDateTime local = LocalDateTime.ofInstant(now, zone);
    return windows.covers(local) ? new Decision(tooOld(now, due), List.of(), false) : start(due);
  }

  /** The next time, without jitter; empty while paused. */
  Optional<Instant> next(KeptSchedule kept) {
    return schedule.paused() ? Optional.empty() : times.after(kept.handled());
  }

  private KeptSchedule collect(Instant now, KeptSchedule before) {
    List<Instant> waiting = new ArrayList<>(before.waiting());
    Instant handled = before.handled();
    long missed = 0;
    for (int looked = 0; looked < MOST_TIMES; looked++) {
      Optional<Instant> time = times.after(handled);
      if (time.isEmpty() || start(time.get()).isAfter(now)) {
        break;
      }
      handled = time.get();
      if (isTooOld(handled, now)) {
        missed++;
      } else {
        waiting.add(handled);
      }
    }
    return with(before, handled, waiting, missed);
  }

  /** Where a start has to wait. */
  private KeptSchedule tooOld(Instant now, KeptSchedule kept) {
    List<Instant> young = kept.waiting().stream().filter(it -> !isTooOld(it, now)).toList();
    return with(kept, kept.handled(), young, kept.waiting().size() - young.size());
  }

  private boolean isTooOld(Instant time, Instant now) {
    return Duration.between(start(time), now).compareTo(schedule.catchUp()) > 0;
  }

  private Decision start(KeptSchedule due) {
    List<Instant> waiting = due.waiting();
    boolean busy = !due.running().isEmpty();
    if (waiting.isEmpty()) {
      return new Decision(due, List.of(), false);
    }
    List<Instant> first = waiting.subList(0, 1);
    List<Instant> newest = waiting.subList(waiting.size() - 1, waiting.size());
    return switch (schedule.overlap()) {
      case ALLOW_ALL -> decide(due, waiting, List.of(), false);
      case SKIP -> decide(due, busy ? List.of() : first, List.of(), false);
      case BUFFER_ONE ->
          busy
              ? decide(due, List.of(), first, false)
              : decide(due, first, waiting.subList(1, Math.min(2, waiting.size())), false);
      case CANCEL_OTHER -> decide(due, busy ? List.of() : newest, busy ? newest : List.of(), busy);
    };
  }

  private static Decision decide(
      KeptSchedule due, List<Instant> starts, List<Instant> waiting, boolean cancel) {
    long skipped = (long) due.waiting().size() - starts.size() - waiting.size();
    List<Instant> running = new ArrayList<>(due.running());
    running.addAll(starts);
    KeptSchedule kept =
        new KeptSchedule(
            due.digest(),
            due.handled(),
            waiting,
            running,
            due.missed(),
            due.skipped() + skipped,
            due.last());
    return new Decision(kept, List.copyOf(starts), cancel);
  }

  private static KeptSchedule with(
      KeptSchedule kept, Instant handled, List<Instant> waiting, long missed) {
    return new KeptSchedule(
        kept.digest(),
        handled,
        waiting,
        kept.running(),
        kept.missed() + missed,
        kept.skipped(),
        kept.last());
  }

  /** When the run of that time starts: the same for everybody who asks, before the next time. */
  Instant start(Instant time) {
    Duration most = schedule.jitter();
    if (most.isZero()) {
      return time;
    }
    Duration gap = times.after(time).map(next -> Duration.between(time, next)).orElse(most);
    long millis = Math.min(most.toMillis(), gap.toMillis());
    String hash = Wire.hash(List.of(schedule.name(), time));
    BigInteger share = new BigInteger(hash.substring(0, 8), 16);
    return time.plusMillis(share.multiply(BigInteger.valueOf(millis)).shiftRight(32).longValue());
  }
}
