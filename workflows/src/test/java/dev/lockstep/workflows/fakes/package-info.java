/** Hand-written stand-ins for the hands, and plans to give them. */
@NullMarked
package dev.lockstep.workflows.fakes;

import org.jspecify.annotations.NullMarked;
