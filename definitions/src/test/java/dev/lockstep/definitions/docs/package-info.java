/** Makes the reference pages of the documentation, and pins them. */
@NullMarked
package dev.lockstep.definitions.docs;

import org.jspecify.annotations.NullMarked;
