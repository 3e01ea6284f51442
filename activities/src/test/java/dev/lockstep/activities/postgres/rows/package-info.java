/** Tests. */
@NullMarked
package dev.lockstep.activities.postgres.rows;

import org.jspecify.annotations.NullMarked;
