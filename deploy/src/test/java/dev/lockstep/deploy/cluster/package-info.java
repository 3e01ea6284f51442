/** Whole runs on a real cluster: pods, a database and workers in it, traffic over HTTP. */
@NullMarked
package dev.lockstep.deploy.cluster;

import org.jspecify.annotations.NullMarked;
