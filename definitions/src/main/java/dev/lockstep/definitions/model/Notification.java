package dev.lockstep.definitions.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Who is told of what becomes of runs.
 *
 * @param of the definitions whose runs are told of; empty: every one
 * @param on what is told
 * @param template of the sentence; absent: {@link MessageTemplate#USUAL}
 */
public record Notification(
    String name, List<Subject> of, List<Event> on, Receiver to, Optional<String> template)
    implements Definition {
  /** All that asks for a person, and every end. */
  public static final List<Event> USUAL_EVENTS =
      EnumSet.complementOf(EnumSet.of(Event.STARTED, Event.PAUSED, Event.ROLLING_BACK)).stream()
          .toList();

  public Notification {
    of = List.copyOf(of);
    on = List.copyOf(on);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.notification(this);
  }

  /** Whether runs of that definition are told of. */
  public boolean concerns(Subject subject) {
    return of.isEmpty() || of.contains(subject);
  }

  /** The same of those definitions alone. */
  public Notification about(List<Subject> subjects) {
    return new Notification(name, subjects, on, to, template);
  }

  /** What can be told. */
  public enum Event {
    /** The first step begins. */
    STARTED,
    /** A person stopped it for a while. */
    PAUSED,
    /** It is at a gate and needs the approval of a person. */
    WAITING,
    /** A step failed, and a person has to answer. */
    HELD,
    /** Steps are being undone. */
    ROLLING_BACK,
    /** Everything is done. */
    SUCCEEDED,
    /** Everything is as before the run. */
    ROLLED_BACK,
    /** It was cancelled, and everything is as before. */
    CANCELLED,
    /** It ended with something left to a person, or could not begin. */
    FAILED,
    /** The newest backup is older than four fifths of what a drill of it allows. */
    AT_RISK
  }
}
