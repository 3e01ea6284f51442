/** Tests of the package of the same name. */
@NullMarked
package dev.lockstep.definitions.check;

import org.jspecify.annotations.NullMarked;
