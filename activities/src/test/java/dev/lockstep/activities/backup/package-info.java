/** Backups against a store and an engine in memory that fail when they are told to. */
@NullMarked
package dev.lockstep.activities.backup;

import org.jspecify.annotations.NullMarked;
