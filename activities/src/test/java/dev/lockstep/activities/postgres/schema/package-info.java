/** Tests. */
@NullMarked
package dev.lockstep.activities.postgres.schema;

import org.jspecify.annotations.NullMarked;
