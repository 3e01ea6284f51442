/** Tests of the engine on a service in memory that skips time. */
@NullMarked
package dev.lockstep.workflows.engine;

import org.jspecify.annotations.NullMarked;
