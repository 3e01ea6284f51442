@NullMarked
package dev.lockstep.worker.server;

import org.jspecify.annotations.NullMarked;
