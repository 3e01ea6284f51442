/** What is wrong with a definition, found without a server. */
@NullMarked
package dev.lockstep.definitions.check;

import org.jspecify.annotations.NullMarked;
