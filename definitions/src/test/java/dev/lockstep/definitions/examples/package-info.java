/** Tests of the package of the same name. */
@NullMarked
package dev.lockstep.definitions.examples;

import org.jspecify.annotations.NullMarked;
