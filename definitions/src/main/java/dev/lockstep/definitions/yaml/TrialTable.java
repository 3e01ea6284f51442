package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.TrialChecks;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.model.Trial;
import java.time.Duration;
import java.util.List;

/** The fields of a trial. */
final class TrialTable {
  private TrialTable() {}

  static Shape<Trial> trial() {
    ObjectShape.Builder<Trial> of =
        ObjectShape.of(
            "Trial",
            "Old names are hidden for a time in which clients are watched; where clients fail, the"
                + " names come back and the run waits for an approval of gate contract.");
    Field<Trial, Duration> duration =
        of.defaulting(
            "duration",
            ParsedShape.duration().described("How long clients are watched."),
            Trial.DEFAULT.duration(),
            Trial::duration);
    Field<Trial, Duration> before =
        of.defaulting(
            "before",
            ParsedShape.duration()
                .described(
                    "How long rollbacks are counted before the names are hidden, to know what is"
                        + " usual."),
            Trial.DEFAULT.before(),
            Trial::before);
    Field<Trial, Integer> most =
        of.defaulting(
            "maxRollbacks",
            new NumberShape(0, TrialChecks.MOST_ROLLBACKS)
                .described(
                    "Transactions that may be rolled back in the trial beyond what is usual."),
            Trial.DEFAULT.maxRollbacks(),
            Trial::maxRollbacks);
    Field<Trial, List<Signal>> signals =
        of.defaulting(
            "signals",
            new ListShape<>(SignalTable.signal(), "a list of signals", 0)
                .described("Numbers of your own that tell of failures of clients."),
            Trial.DEFAULT.signals(),
            Trial::signals);
    return of.made(
        in -> new Trial(in.the(duration), in.the(before), in.the(most), in.the(signals)));
  }
}
