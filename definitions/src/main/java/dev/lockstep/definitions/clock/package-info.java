/** When schedules are due: functions of a definition and a moment. */
@NullMarked
package dev.lockstep.definitions.clock;

import org.jspecify.annotations.NullMarked;
