/** What a run looks like to those who were not there. */
@NullMarked
package dev.lockstep.worker.report;

import org.jspecify.annotations.NullMarked;
