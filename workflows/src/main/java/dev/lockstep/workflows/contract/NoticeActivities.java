package dev.lockstep.workflows.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Tells people and other programs. */
@ActivityInterface
public interface NoticeActivities {
  /**
   * Hands a notice to its receiver. A fault that is retried means that the receiver may take it
   * later; no fault names an address or a secret.
   */
  @ActivityMethod(name = "deliver")
  void deliver(Delivery delivery);
}
