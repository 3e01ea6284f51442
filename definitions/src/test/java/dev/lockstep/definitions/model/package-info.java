/** Tests of the package of the same name. */
@NullMarked
package dev.lockstep.definitions.model;

import org.jspecify.annotations.NullMarked;
