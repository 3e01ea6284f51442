/** Tests of the embedded servers. */
@NullMarked
package dev.lockstep.worker.embedded;

import org.jspecify.annotations.NullMarked;
