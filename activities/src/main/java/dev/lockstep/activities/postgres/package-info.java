/** The activities that change and ask PostgreSQL. */
@NullMarked
package dev.lockstep.activities.postgres;

import org.jspecify.annotations.NullMarked;
