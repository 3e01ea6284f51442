/** Tests of the comparison of schemas. */
@NullMarked
package dev.lockstep.activities.postgres.catalogue;

import org.jspecify.annotations.NullMarked;
