package dev.lockstep.definitions.plan;

/** How one change is made while old and new versions of an application run. */
interface Recipe {
  /** Finds everything that stands against it. */
  void check(Checks checks);

  /** Adds what it needs; called only where nothing was found. */
  void contribute(Compilation compilation);
}
