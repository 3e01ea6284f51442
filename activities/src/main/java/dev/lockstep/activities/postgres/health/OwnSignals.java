package dev.lockstep.activities.postgres.health;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The user's own signals where it matters whether one is too high or cannot be read. */
public final class OwnSignals {
  private final List<HealthSignal> signals;

  OwnSignals(List<HealthSignal> signals) {
    this.signals = List.copyOf(signals);
  }

  /**
   * What a look at all of them gave.
   *
   * @param tooHigh a sentence for each
   * @param unreadable the same; a failed query of the database rolled its transaction back
   */
  public record Seen(List<String> tooHigh, List<String> unreadable) {
    public Seen {
      tooHigh = List.copyOf(tooHigh);
      unreadable = List.copyOf(unreadable);
    }

    /** All of it. */
    public List<String> concerns() {
      List<String> all = new ArrayList<>(tooHigh);
      all.addAll(unreadable);
      return all;
    }
  }

  /** Looks once. */
  public Seen look(Handle handle) {
    List<String> tooHigh = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (HealthSignal signal : signals) {
      try {
        signal.concern(handle).ifPresent(tooHigh::add);
      } catch (UnreadableException e) {
        unreadable.add(e.sentence());
      }
    }
    return new Seen(tooHigh, unreadable);
  }
}
