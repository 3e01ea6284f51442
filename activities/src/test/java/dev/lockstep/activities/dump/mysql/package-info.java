/** Tests. */
@NullMarked
package dev.lockstep.activities.dump.mysql;

import org.jspecify.annotations.NullMarked;
