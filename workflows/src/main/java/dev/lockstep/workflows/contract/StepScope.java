package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;

/**
 * Which step of which run an activity works for.
 *
 * @param step id in the plan; an undo has the id of the step it undoes
 * @param limits those in force now; a person may have changed them since the plan
 */
public record StepScope(RunKey run, String step, Database database, Limits limits) {}
