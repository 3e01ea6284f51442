/** Tests of the signals, most of them on a real server. */
@NullMarked
package dev.lockstep.activities.postgres.health;

import org.jspecify.annotations.NullMarked;
