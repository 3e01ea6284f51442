/** Schedules: on a Temporal service, and by this process's own clock. */
@NullMarked
package dev.lockstep.worker.schedules;

import org.jspecify.annotations.NullMarked;
