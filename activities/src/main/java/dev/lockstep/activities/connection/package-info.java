/** Pooled connections to the databases of definitions. */
@NullMarked
package dev.lockstep.activities.connection;

import org.jspecify.annotations.NullMarked;
