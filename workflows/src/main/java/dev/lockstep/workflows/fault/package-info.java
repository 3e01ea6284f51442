/** What can go wrong in a run, by stable codes. */
@NullMarked
package dev.lockstep.workflows.fault;

import org.jspecify.annotations.NullMarked;
