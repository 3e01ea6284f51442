/** What processes of one machine have to agree on. */
@NullMarked
package dev.lockstep.activities.disk;

import org.jspecify.annotations.NullMarked;
