/** What people and programs outside see of a run: its input, controls, status and outcome. */
@NullMarked
package dev.lockstep.workflows.api;

import org.jspecify.annotations.NullMarked;
