/** Where dump programs run: on the worker, in a pod, in a Job's pod; and how they are believed. */
@NullMarked
package dev.lockstep.activities.dump.place;

import org.jspecify.annotations.NullMarked;
