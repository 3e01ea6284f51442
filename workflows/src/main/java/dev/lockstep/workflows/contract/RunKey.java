package dev.lockstep.workflows.contract;

/**
 * A run in the ledger.
 *
 * @param id the definition's name, a slash, and the number of its run from 1: {@code
 *     customer-full-name/1}
 */
public record RunKey(String id) {
  @Override
  public String toString() {
    return id;
  }
}
