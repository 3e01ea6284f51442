/** The Temporal service that runs live on: connection, worker, and starting and following runs. */
@NullMarked
package dev.lockstep.worker.engine;

import org.jspecify.annotations.NullMarked;
