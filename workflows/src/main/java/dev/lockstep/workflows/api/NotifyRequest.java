package dev.lockstep.workflows.api;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.workflows.contract.Notice;
import java.util.List;

/** The input of a {@link NotifyWorkflow}. */
public record NotifyRequest(Notice notice, List<Notification> notifications) {
  public NotifyRequest {
    notifications = List.copyOf(notifications);
  }
}
