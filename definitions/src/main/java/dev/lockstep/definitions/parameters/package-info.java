/** Parameters of a run: values for places in a migration that its definition leaves open. */
@NullMarked
package dev.lockstep.definitions.parameters;

import org.jspecify.annotations.NullMarked;
