/** Runs on a real Temporal server, with the command and the worker as processes of their own. */
@NullMarked
package dev.lockstep.deploy.real;

import org.jspecify.annotations.NullMarked;
