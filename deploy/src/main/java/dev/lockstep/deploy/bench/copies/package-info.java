/** Measures backups and restores beside a pipeline of programs. */
@NullMarked
package dev.lockstep.deploy.bench.copies;

import org.jspecify.annotations.NullMarked;
