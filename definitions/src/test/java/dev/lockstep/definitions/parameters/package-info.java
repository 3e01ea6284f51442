/** Tests of places and parameters. */
@NullMarked
package dev.lockstep.definitions.parameters;

import org.jspecify.annotations.NullMarked;
