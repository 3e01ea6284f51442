/**
 * A simulated Kubernetes cluster for the demo: an API server that the real client talks to, and a
 * controller that switches simulated pods one by one. Nothing in it is a cluster; whoever shows it
 * says so.
 */
@NullMarked
package dev.lockstep.worker.demo.cluster;

import org.jspecify.annotations.NullMarked;
