/** Tests of what is read from a live database. */
@NullMarked
package dev.lockstep.activities.postgres.observe;

import org.jspecify.annotations.NullMarked;
