/** Tests of the JSON of records. */
@NullMarked
package dev.lockstep.workflows.wire;

import org.jspecify.annotations.NullMarked;
