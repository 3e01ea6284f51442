/** The {@code lockstep} command. */
@NullMarked
package dev.lockstep.worker.cli;

import org.jspecify.annotations.NullMarked;
