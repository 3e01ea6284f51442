/** Work on every row of a table: filling columns and comparing them, range by range. */
@NullMarked
package dev.lockstep.activities.postgres.rows;

import org.jspecify.annotations.NullMarked;
