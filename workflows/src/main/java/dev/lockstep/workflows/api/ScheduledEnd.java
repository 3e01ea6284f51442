package dev.lockstep.workflows.api;

import java.util.Optional;

/**
 * How the run of a schedule ended.
 *
 * @param workflowId of the run
 * @param attached whether that run was under way already; its end was not waited for
 * @param state a final one; absent where it was attached to
 * @param message one sentence for people
 */
public record ScheduledEnd(
    String workflowId, boolean attached, Optional<RunState> state, String message) {}
