/** Tests of PostgreSQL's dumps. */
@NullMarked
package dev.lockstep.activities.dump.postgres;

import org.jspecify.annotations.NullMarked;
