/** The main job, shown on this machine: real database, real runs, live traffic, a killed worker. */
@NullMarked
package dev.lockstep.worker.demo;

import org.jspecify.annotations.NullMarked;
