/** Hands notices to their receivers. No message of this package holds an address of a hook. */
@NullMarked
package dev.lockstep.activities.notice;

import org.jspecify.annotations.NullMarked;
