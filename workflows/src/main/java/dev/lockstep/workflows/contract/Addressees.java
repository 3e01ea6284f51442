package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.model.Notification;
import java.util.List;

/** Those who want to know of a run. */
public record Addressees(List<Notification> notifications) {
  public Addressees {
    notifications = List.copyOf(notifications);
  }
}
