package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What must hold before old names go, and for how long they can come back.
 *
 * @param approval whether somebody must say {@code approve} with gate {@code contract}
 * @param revertWindow how long hidden columns and tables are kept before they are dropped
 * @param oldApplicationName pattern of {@code LIKE} on {@code application_name}: while a session
 *     matches, contract waits
 * @param oldUser the same on the name of the session's role
 * @param oldConnectedBefore the same of sessions that are older than that
 * @param trial how the old names are first hidden on trial; absent: they are not
 */
public record ContractPolicy(
    Approval approval,
    Duration revertWindow,
    Optional<String> oldApplicationName,
    Optional<String> oldUser,
    Optional<OldClients.ConnectedBefore> oldConnectedBefore,
    Optional<Trial> trial) {
  /** No approval, no window, no pattern. */
  public static final ContractPolicy DEFAULT =
      new ContractPolicy(Approval.NONE, Duration.ZERO, Optional.empty());

  /** A policy that tells old clients by their names alone. */
  public ContractPolicy(
      Approval approval, Duration revertWindow, Optional<String> oldApplicationName) {
    this(approval, revertWindow, oldApplicationName, Optional.empty(), Optional.empty());
  }

  /** A policy without a trial. */
  public ContractPolicy(
      Approval approval,
      Duration revertWindow,
      Optional<String> oldApplicationName,
      Optional<String> oldUser,
      Optional<OldClients.ConnectedBefore> oldConnectedBefore) {
    this(approval, revertWindow, oldApplicationName, oldUser, oldConnectedBefore, Optional.empty());
  }

  /** The same with a trial, or without one. */
  public ContractPolicy with(Optional<Trial> wanted) {
    return new ContractPolicy(
        approval, revertWindow, oldApplicationName, oldUser, oldConnectedBefore, wanted);
  }

  /** A policy that tells old clients by all that is given of them. */
  public static ContractPolicy of(
      Approval approval, Duration revertWindow, Optional<OldClients> old) {
    return new ContractPolicy(
        approval,
        revertWindow,
        old.flatMap(OldClients::applicationName),
        old.flatMap(OldClients::user),
        old.flatMap(OldClients::connectedBefore));
  }

  /** How old clients are told; empty where contract waits for none. */
  public Optional<OldClients> oldClients() {
    return oldApplicationName.isPresent() || oldUser.isPresent() || oldConnectedBefore.isPresent()
        ? Optional.of(new OldClients(oldApplicationName, oldUser, oldConnectedBefore))
        : Optional.empty();
  }

  /** Who decides. */
  public enum Approval {
    /** Goes on by itself. */
    NONE,
    /** Waits for a person. */
    REQUIRED
  }
}
