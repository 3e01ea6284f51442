/** Tests. */
@NullMarked
package dev.lockstep.activities.ledger;

import org.jspecify.annotations.NullMarked;
