/** Changes of PostgreSQL's schema: one class a verb, and the lock protocol they share. */
@NullMarked
package dev.lockstep.activities.postgres.schema;

import org.jspecify.annotations.NullMarked;
