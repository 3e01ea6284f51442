/** Tests of the settings. */
@NullMarked
package dev.lockstep.worker.config;

import org.jspecify.annotations.NullMarked;
