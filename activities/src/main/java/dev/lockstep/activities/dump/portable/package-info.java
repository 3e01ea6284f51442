/** Backups without any client program: definitions from the catalogue, rows by COPY. */
@NullMarked
package dev.lockstep.activities.dump.portable;

import org.jspecify.annotations.NullMarked;
