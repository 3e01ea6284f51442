/**
 * Lockstep beside its rivals: the same change of the same table under the same live load, each as a
 * process that a user would start.
 */
@NullMarked
package dev.lockstep.deploy.bench.rivals;

import org.jspecify.annotations.NullMarked;
