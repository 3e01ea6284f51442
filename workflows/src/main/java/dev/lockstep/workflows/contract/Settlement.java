package dev.lockstep.workflows.contract;

import dev.lockstep.workflows.api.RunState;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param state a final one
 * @param fault the first fault, for people who read the ledger
 */
public record Settlement(StepScope scope, RunState state, Optional<String> fault) {}
