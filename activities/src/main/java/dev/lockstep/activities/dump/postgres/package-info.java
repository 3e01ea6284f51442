/** Dumps and loads of PostgreSQL by its own programs. */
@NullMarked
package dev.lockstep.activities.dump.postgres;

import org.jspecify.annotations.NullMarked;
