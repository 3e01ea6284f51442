/**
 * Tests of the hands in the cluster; rollouts are tested against the simulated cluster of the
 * worker.
 */
@NullMarked
package dev.lockstep.activities.kubernetes;

import org.jspecify.annotations.NullMarked;
