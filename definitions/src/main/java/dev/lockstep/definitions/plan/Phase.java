package dev.lockstep.definitions.plan;

/** The parts of a run, in their order. */
public enum Phase {
  /** Claims the tables and looks whether everything needed is there. */
  PREPARE,
  /** Adds what is new and keeps old and new equal; rollouts after expand. */
  EXPAND,
  /** Fills the rows that were there before. */
  MIGRATE,
  /** Compares every row and validates constraints; rollouts after verify. */
  VERIFY,
  /** Waits for old clients to go and for approval. */
  GATE,
  /** Hides what goes; everything can still come back. */
  CONTRACT,
  /** Drops what was hidden. Nothing comes back. */
  FINISH
}
