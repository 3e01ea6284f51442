/** When schedules are due. */
@NullMarked
package dev.lockstep.definitions.clock;

import org.jspecify.annotations.NullMarked;
