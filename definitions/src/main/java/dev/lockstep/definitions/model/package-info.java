/**
 * What a user can declare: records and sealed interfaces, without behaviour that needs a server.
 */
@NullMarked
package dev.lockstep.definitions.model;

import org.jspecify.annotations.NullMarked;
