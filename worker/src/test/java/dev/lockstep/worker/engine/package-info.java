/** Tests of connections, notes and failures of the engine. */
@NullMarked
package dev.lockstep.worker.engine;

import org.jspecify.annotations.NullMarked;
