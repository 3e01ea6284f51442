/** Backups in a store: the pipeline, the manifest, the catalogue, keys and retention. */
@NullMarked
package dev.lockstep.activities.backup;

import org.jspecify.annotations.NullMarked;
