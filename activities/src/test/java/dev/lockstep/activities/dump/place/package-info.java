/** Tests of the places where dump programs run. */
@NullMarked
package dev.lockstep.activities.dump.place;

import org.jspecify.annotations.NullMarked;
