/** Watches how old the newest backups are. */
@NullMarked
package dev.lockstep.worker.watch;

import org.jspecify.annotations.NullMarked;
