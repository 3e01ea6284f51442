package dev.lockstep.definitions.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The steps of a plan as they come.
 *
 * <ol>
 *   <li>Ids are unique: the second of a name gets {@code -2}.
 *   <li>Phases never go back: a step that comes after one of a later phase belongs to that phase.
 *   <li>The first step that destroys something is the point of no return, and the only one.
 * </ol>
 */
final class StepList {
  private final List<PlannedStep> steps = new ArrayList<>();
  private final Set<String> ids = new TreeSet<>();
  private Phase reached = Phase.PREPARE;
  private boolean returned = true;

  /** Adds a step; the answer is its id. */
  String add(Phase phase, String what, Work work) {
    return add(phase, what, id -> work);
  }

  /** Adds a step whose undo has to know its id; the answer is its id. */
  String add(Phase phase, String what, Function<String, Work> workOf) {
    reached = phase.compareTo(reached) > 0 ? phase : reached;
    String id = unique(reached.name().toLowerCase(Locale.ROOT) + "/" + what.replace(' ', '-'));
    Work work = workOf.apply(id);
    boolean last = work.destroys() && returned;
    returned = returned && !work.destroys();
    steps.add(
        new PlannedStep(
            id,
            reached,
            work.sentence(),
            work.action(),
            work.undo(),
            work.estimate(),
            last,
            work.action().accept(new Skippable())));
    return id;
  }

  /**
   * Puts a step that must not be skipped beside the last one of a kind, into its phase.
   *
   * @return its id; empty where there is no step of that kind
   */
  Optional<String> addBeside(Class<? extends Action> kind, Side side, String what, Work work) {
    for (int place = steps.size() - 1; place >= 0; place--) {
      PlannedStep found = steps.get(place);
      if (kind.isInstance(found.action())) {
        String id = unique(found.phase().name().toLowerCase(Locale.ROOT) + "/" + what);
        steps.add(
            side == Side.BEFORE ? place : place + 1,
            new PlannedStep(
                id,
                found.phase(),
                work.sentence(),
                work.action(),
                work.undo(),
                work.estimate(),
                false,
                false));
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  /** Where a step is put. */
  enum Side {
    /** Done first. */
    BEFORE,
    /** Done next. */
    AFTER
  }

  List<PlannedStep> steps() {
    return List.copyOf(steps);
  }

  private String unique(String wanted) {
    String id = wanted;
    for (int n = 2; !ids.add(id); n++) {
      id = wanted + "-" + n;
    }
    return id;
  }
}
