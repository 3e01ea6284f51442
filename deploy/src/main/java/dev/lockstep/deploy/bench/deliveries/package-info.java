/** Measures how many deliveries {@code lockstep server} takes. */
@NullMarked
package dev.lockstep.deploy.bench.deliveries;

import org.jspecify.annotations.NullMarked;
