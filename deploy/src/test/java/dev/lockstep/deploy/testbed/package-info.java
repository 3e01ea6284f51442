/** The real servers that {@code deploy/testbed/testbed} starts, as tests see them. */
@NullMarked
package dev.lockstep.deploy.testbed;

import org.jspecify.annotations.NullMarked;
