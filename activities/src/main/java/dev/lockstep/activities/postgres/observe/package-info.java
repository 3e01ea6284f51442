/** Reads the facts of a live database that a plan is made from. Changes nothing. */
@NullMarked
package dev.lockstep.activities.postgres.observe;

import org.jspecify.annotations.NullMarked;
