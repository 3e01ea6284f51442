/** Tests. */
@NullMarked
package dev.lockstep.activities.connection;

import org.jspecify.annotations.NullMarked;
