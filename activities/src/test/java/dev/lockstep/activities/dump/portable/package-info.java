/** Tests. */
@NullMarked
package dev.lockstep.activities.dump.portable;

import org.jspecify.annotations.NullMarked;
