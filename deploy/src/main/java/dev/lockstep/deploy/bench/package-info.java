/** Measures how fast rows are filled and compared, and what live clients feel of it. */
@NullMarked
package dev.lockstep.deploy.bench;

import org.jspecify.annotations.NullMarked;
