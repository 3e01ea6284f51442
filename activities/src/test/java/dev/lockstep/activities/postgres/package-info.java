/** Tests. */
@NullMarked
package dev.lockstep.activities.postgres;

import org.jspecify.annotations.NullMarked;
