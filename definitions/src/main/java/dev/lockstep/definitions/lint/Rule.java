package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** Finds one kind of hazard. */
interface Rule {
  /** Each place where it may hurt. */
  Stream<Hazard> find(Scene scene);
}
