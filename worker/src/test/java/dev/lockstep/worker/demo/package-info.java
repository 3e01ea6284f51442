/** Tests of the demo, and the demo itself. */
@NullMarked
package dev.lockstep.worker.demo;

import org.jspecify.annotations.NullMarked;
