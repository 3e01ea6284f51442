/** Tests. */
@NullMarked
package dev.lockstep.activities.planning;

import org.jspecify.annotations.NullMarked;
