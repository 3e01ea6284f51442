package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.model.Notification;

/** One notice for one receiver. */
public record Delivery(Notification notification, Notice notice) {}
