/** What every engine of dumps does, and one in memory. */
@NullMarked
package dev.lockstep.activities.dump;

import org.jspecify.annotations.NullMarked;
