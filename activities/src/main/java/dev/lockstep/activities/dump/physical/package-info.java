/** The files and the log of a PostgreSQL server: taken, and made a server again in a folder. */
@NullMarked
package dev.lockstep.activities.dump.physical;

import org.jspecify.annotations.NullMarked;
