/** One part of the hands at a time, against real servers. */
@NullMarked
package dev.lockstep.deploy.engines;

import org.jspecify.annotations.NullMarked;
