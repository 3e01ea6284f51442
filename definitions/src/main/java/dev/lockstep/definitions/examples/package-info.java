/** Definitions to learn from: numbered, read and run by tests, shown in the documentation. */
@NullMarked
package dev.lockstep.definitions.examples;

import org.jspecify.annotations.NullMarked;
