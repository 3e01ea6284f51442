/** Files of a process that outlive it. */
@NullMarked
package dev.lockstep.worker.disk;

import org.jspecify.annotations.NullMarked;
