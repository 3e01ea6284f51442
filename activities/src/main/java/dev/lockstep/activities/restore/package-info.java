/** Instances of databases in the cluster, the Services that lead to them, evidence of drills. */
@NullMarked
package dev.lockstep.activities.restore;

import org.jspecify.annotations.NullMarked;
