package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every fault of a run. The first one is never replaced. */
final class FaultBook {
  private static final int KEPT = 10;

  private final List<Fault> newestFirst = new ArrayList<>();
  private final List<Fault> undoFailures = new ArrayList<>();
  private Optional<Fault> first = Optional.empty();

  void restore(Optional<Fault> earlierFirst, List<Fault> earlier) {
    first = earlierFirst;
    newestFirst.addAll(earlier);
  }

  /** Takes up a fault that is a reason for how the run ends. */
  void add(Fault fault) {
    if (first.isEmpty()) {
      first = Optional.of(fault);
    }
    note(fault);
  }

  /** Takes up a fault that came beside another reason. */
  void note(Fault fault) {
    newestFirst.add(0, fault);
    if (newestFirst.size() > KEPT) {
      newestFirst.remove(KEPT);
    }
  }

  /** Notes what could not be undone. */
  void addUndo(Fault fault) {
    undoFailures.add(fault);
  }

  /** The first fault is answered: the run went on, so that it is no reason of its end. */
  void forgive() {
    first = Optional.empty();
  }

  Optional<Fault> first() {
    return first;
  }

  List<Fault> newestFirst() {
    return List.copyOf(newestFirst);
  }

  List<Fault> undoFailures() {
    return List.copyOf(undoFailures);
  }
}
