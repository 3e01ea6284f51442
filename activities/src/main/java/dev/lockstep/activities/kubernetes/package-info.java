/** The hands in the cluster: rollouts, their undo, Secrets, and what is there. */
@NullMarked
package dev.lockstep.activities.kubernetes;

import org.jspecify.annotations.NullMarked;
