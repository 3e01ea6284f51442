/** Whole runs: real PostgreSQL, the embedded engine, the real worker. */
@NullMarked
package dev.lockstep.deploy.e2e;

import org.jspecify.annotations.NullMarked;
