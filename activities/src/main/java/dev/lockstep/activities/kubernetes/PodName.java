package dev.lockstep.activities.kubernetes;

/** One container of one pod. */
public record PodName(String namespace, String name, String container) {}
