/** From a request to a plan. */
@NullMarked
package dev.lockstep.activities.planning;

import org.jspecify.annotations.NullMarked;
