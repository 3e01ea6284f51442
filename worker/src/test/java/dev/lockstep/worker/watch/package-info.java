/** Tests of how old the newest backups may be. */
@NullMarked
package dev.lockstep.worker.watch;

import org.jspecify.annotations.NullMarked;
