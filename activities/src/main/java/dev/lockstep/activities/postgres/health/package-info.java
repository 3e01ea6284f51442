/**
 * What of the database's health, and of the user's own signals, speaks against going on: one class
 * a signal.
 */
@NullMarked
package dev.lockstep.activities.postgres.health;

import org.jspecify.annotations.NullMarked;
