/** Describes tables as text that can be kept and compared. */
@NullMarked
package dev.lockstep.activities.postgres.catalogue;

import org.jspecify.annotations.NullMarked;
