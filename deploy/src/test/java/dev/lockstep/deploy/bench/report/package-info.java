/** Medians, ratios and tables. */
@NullMarked
package dev.lockstep.deploy.bench.report;

import org.jspecify.annotations.NullMarked;
