/** The process that people start, and the one place that joins its parts. */
@NullMarked
package dev.lockstep.worker;

import org.jspecify.annotations.NullMarked;
