/** Tests of bringing back what migrations dropped. */
@NullMarked
package dev.lockstep.activities.kept;

import org.jspecify.annotations.NullMarked;
