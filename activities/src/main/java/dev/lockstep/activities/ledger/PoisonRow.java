package dev.lockstep.activities.ledger;

/**
 * A row that a step could not work on.
 *
 * @param key of the row, as the step writes keys
 * @param fault code
 * @param message names the row, and says what the server said
 */
public record PoisonRow(String key, String fault, String message) {}
