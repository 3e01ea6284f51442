/** Tests of the statements, most of them on a real server. */
@NullMarked
package dev.lockstep.activities.postgres.dialect;

import org.jspecify.annotations.NullMarked;
