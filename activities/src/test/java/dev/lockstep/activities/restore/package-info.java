@NullMarked
package dev.lockstep.activities.restore;

import org.jspecify.annotations.NullMarked;
