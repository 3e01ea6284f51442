/** How long activities tell where they are, and learn that they shall stop. */
@NullMarked
package dev.lockstep.activities.progress;

import org.jspecify.annotations.NullMarked;
