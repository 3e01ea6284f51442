@NullMarked
package dev.lockstep.worker.report.page;

import org.jspecify.annotations.NullMarked;
