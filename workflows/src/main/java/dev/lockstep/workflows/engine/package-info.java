/** Interprets a plan: every step with its undo, under the control of people. Deterministic. */
@NullMarked
package dev.lockstep.workflows.engine;

import org.jspecify.annotations.NullMarked;
