/** Tests of the hazards. */
@NullMarked
package dev.lockstep.definitions.lint;

import org.jspecify.annotations.NullMarked;
