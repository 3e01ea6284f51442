/**
 * How data leaves a database and comes back: one file an engine, one a place where programs run.
 */
@NullMarked
package dev.lockstep.activities.dump;

import org.jspecify.annotations.NullMarked;
