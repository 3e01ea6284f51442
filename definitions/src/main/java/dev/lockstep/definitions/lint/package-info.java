/** What may hurt in a plan, one file a rule, weighed by the live size and write rate of tables. */
@NullMarked
package dev.lockstep.definitions.lint;

import org.jspecify.annotations.NullMarked;
