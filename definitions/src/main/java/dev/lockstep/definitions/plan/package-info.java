/** From a definition and what was observed to a plan. Pure: the same inputs give the same plan. */
@NullMarked
package dev.lockstep.definitions.plan;

import org.jspecify.annotations.NullMarked;
