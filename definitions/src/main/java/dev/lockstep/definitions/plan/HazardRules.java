package dev.lockstep.definitions.plan;

import java.util.List;

/** What finds hazards in a plan. */
public interface HazardRules {
  /** What may hurt, most severe rules first; the author's allowances are not looked at. */
  List<Hazard> find(Scene scene);

  /** The code of every hazard that can be found, in a stable order. */
  List<String> codes();
}
