/** The record of runs in the target database, in the schema {@code lockstep}. */
@NullMarked
package dev.lockstep.activities.ledger;

import org.jspecify.annotations.NullMarked;
