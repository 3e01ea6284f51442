/** What all streams of this module have in common. */
@NullMarked
package dev.lockstep.activities.stream;

import org.jspecify.annotations.NullMarked;
