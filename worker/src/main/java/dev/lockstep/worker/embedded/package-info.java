/** Servers inside this process, for runs without any set-up. */
@NullMarked
package dev.lockstep.worker.embedded;

import org.jspecify.annotations.NullMarked;
