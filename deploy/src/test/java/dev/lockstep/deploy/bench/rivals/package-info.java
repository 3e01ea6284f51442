/** The parts of the comparison that need no server. */
@NullMarked
package dev.lockstep.deploy.bench.rivals;

import org.jspecify.annotations.NullMarked;
