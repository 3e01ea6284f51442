/** Tests of the command: exit codes, outputs, texts. */
@NullMarked
package dev.lockstep.worker.cli;

import org.jspecify.annotations.NullMarked;
