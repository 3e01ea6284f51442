package dev.lockstep.activities.backup;

import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;

/**
 * What goes wrong with a key of a service, in sentences. They never hold words of the service: some
 * quote what they were sent.
 *
 * @param store that the key belongs to
 * @param key which one, and of which service
 */
record KeyTrouble(String store, String key) {
  /**
   * A person has to put it right.
   *
   * @param why what is wrong and what would be right
   */
  ApplicationFailure wrong(String why) {
    return Damage.failure(
        FaultCode.KEY_WRONG, "store %s cannot use %s: %s.".formatted(store, key, why));
  }

  /** It may pass, and is tried again. */
  ApplicationFailure away(String why) {
    return Damage.failure(
        FaultCode.SERVER_UNREACHABLE, "store %s does not reach %s: %s.".formatted(store, key, why));
  }
}
