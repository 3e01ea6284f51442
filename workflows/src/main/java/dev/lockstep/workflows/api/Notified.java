package dev.lockstep.workflows.api;

import java.util.List;

/**
 * Who was told.
 *
 * @param delivered names of notifications
 * @param givenUp those whose receiver did not take it
 */
public record Notified(List<String> delivered, List<GivenUp> givenUp) {
  public Notified {
    delivered = List.copyOf(delivered);
    givenUp = List.copyOf(givenUp);
  }

  /**
   * One that was not delivered.
   *
   * @param notification its name
   * @param reason for people; never a secret
   */
  public record GivenUp(String notification, String reason) {}
}
