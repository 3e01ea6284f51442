/** Settings of a worker, from its environment. */
@NullMarked
package dev.lockstep.worker.config;

import org.jspecify.annotations.NullMarked;
