package dev.lockstep.definitions.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a definition is run by itself.
 *
 * @param run a backup, a drill or a migration
 * @param timeZone name of an IANA time zone, in which cron and blackouts are read
 * @param jitter at most so much later than the time each run starts
 * @param catchUp how late a run may start that could not start in time; later it is missed
 * @param paused whether no run starts
 * @param note why it is paused
 * @param blackouts windows in which no run is due
 */
public record Schedule(
    String name,
    Subject run,
    Timing timing,
    String timeZone,
    Duration jitter,
    Overlap overlap,
    Duration catchUp,
    boolean paused,
    Optional<String> note,
    List<Blackout> blackouts)
    implements Definition {
  /** Where none is said. */
  public static final String DEFAULT_ZONE = "UTC";

  /** Temporal's own default is a year, after which nobody wants the run of a lost night. */
  public static final Duration DEFAULT_CATCH_UP = Duration.ofHours(1);

  public Schedule {
    blackouts = List.copyOf(blackouts);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.schedule(this);
  }

  /** The same under another name. */
  public Schedule named(String otherName) {
    return new Schedule(
        otherName, run, timing, timeZone, jitter, overlap, catchUp, paused, note, blackouts);
  }

  /** Which times it has. */
  public sealed interface Timing permits Cron, Every {
    /** Calls the method of {@code visitor} that fits. */
    <R> R accept(TimingVisitor<R> visitor);
  }

  /** One answer for each form of timing. */
  public interface TimingVisitor<R> {
    /** Answers for times of the calendar. */
    R cron(Cron cron);

    /** Answers for an interval. */
    R every(Every every);
  }

  /**
   * Times of the calendar.
   *
   * @param expression five fields as of cron
   */
  public record Cron(String expression) implements Timing {
    @Override
    public <R> R accept(TimingVisitor<R> visitor) {
      return visitor.cron(this);
    }
  }

  /**
   * Whole multiples of an interval, counted from 1970 in UTC.
   *
   * @param interval in whole seconds
   */
  public record Every(Duration interval) implements Timing {
    @Override
    public <R> R accept(TimingVisitor<R> visitor) {
      return visitor.every(this);
    }
  }

  /** What happens to a run whose time has come while the one before it is under way. */
  public enum Overlap {
    /** It does not take place. */
    SKIP,
    /** It starts after the one before it; more than one does not wait. */
    BUFFER_ONE,
    /** The one before it is cancelled, which undoes it; then it starts. */
    CANCEL_OTHER,
    /** It starts beside it. */
    ALLOW_ALL
  }

  /**
   * A window of the day.
   *
   * @param to not in it any more; where it is not after {@code from}, that of the next day
   * @param days on which it begins; empty: every day
   */
  public record Blackout(TimeOfDay from, TimeOfDay to, List<DayOfWeek> days) {
    public Blackout {
      days = List.copyOf(days);
    }
  }

  /**
   * A time on a clock, to the minute.
   *
   * @param hour 0 to 24; 24 only as the end of a day, with minute 0
   */
  public record TimeOfDay(int hour, int minute) {
    /** Minutes since midnight. */
    public int minuteOfDay() {
      return hour * 60 + minute;
    }
  }
}
