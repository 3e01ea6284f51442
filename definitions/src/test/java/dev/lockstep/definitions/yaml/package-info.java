/** Tests of the package of the same name. */
@NullMarked
package dev.lockstep.definitions.yaml;

import org.jspecify.annotations.NullMarked;
