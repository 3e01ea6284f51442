/** What all streams have in common, seen by streams that do nothing else. */
@NullMarked
package dev.lockstep.activities.stream;

import org.jspecify.annotations.NullMarked;
