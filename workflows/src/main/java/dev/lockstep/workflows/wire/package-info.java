/**
 * How records become JSON: the kind names, the data converter of every door, the hash of a plan.
 */
@NullMarked
package dev.lockstep.workflows.wire;

import org.jspecify.annotations.NullMarked;
