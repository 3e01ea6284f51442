/** What the engine asks of the hands: activity interfaces and their records. */
@NullMarked
package dev.lockstep.workflows.contract;

import org.jspecify.annotations.NullMarked;
