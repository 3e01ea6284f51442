/** Tests. */
@NullMarked
package dev.lockstep.activities.progress;

import org.jspecify.annotations.NullMarked;
