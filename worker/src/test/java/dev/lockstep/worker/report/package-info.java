/** Tests of the report page. */
@NullMarked
package dev.lockstep.worker.report;

import org.jspecify.annotations.NullMarked;
