/** Object stores: one interface, one client library a kind of store behind it. */
@NullMarked
package dev.lockstep.activities.storage;

import org.jspecify.annotations.NullMarked;
