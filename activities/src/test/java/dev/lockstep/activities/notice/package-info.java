@NullMarked
package dev.lockstep.activities.notice;

import org.jspecify.annotations.NullMarked;
