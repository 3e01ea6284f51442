/** The door for other programs: webhooks that start runs, and questions and orders to runs. */
@NullMarked
package dev.lockstep.worker.server;

import org.jspecify.annotations.NullMarked;
