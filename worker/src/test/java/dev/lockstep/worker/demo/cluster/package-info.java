/** Tests of the simulated cluster, and of rollouts through the real client against it. */
@NullMarked
package dev.lockstep.worker.demo.cluster;

import org.jspecify.annotations.NullMarked;
