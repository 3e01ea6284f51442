/** Tests of the planner, and the small stand-ins for a server and a dialect that they use. */
@NullMarked
package dev.lockstep.definitions.plan;

import org.jspecify.annotations.NullMarked;
