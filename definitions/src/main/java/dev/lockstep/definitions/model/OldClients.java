package dev.lockstep.definitions.model;

import java.util.Optional;

/**
 * How sessions of old clients are told: a session to which everything that is given applies. At
 * least one is given.
 *
 * @param applicationName pattern of {@code LIKE} on {@code application_name}
 * @param user pattern of {@code LIKE} on the name of its role
 * @param connectedBefore what it is older than
 */
public record OldClients(
    Optional<String> applicationName,
    Optional<String> user,
    Optional<ConnectedBefore> connectedBefore) {
  /** Times of the run that a session can be older than. */
  public enum ConnectedBefore {
    /** No new client can have connected by then. */
    ROLLOUT_START,
    /** New clients that connected while the rollout went on count, until they connect again. */
    ROLLOUT_END
  }
}
