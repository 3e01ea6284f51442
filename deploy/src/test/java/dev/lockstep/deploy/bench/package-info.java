/** The parts of the benches that need no server. */
@NullMarked
package dev.lockstep.deploy.bench;

import org.jspecify.annotations.NullMarked;
