@NullMarked
package dev.lockstep.activities.dump.physical;

import org.jspecify.annotations.NullMarked;
