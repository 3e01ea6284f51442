package dev.lockstep.activities.planning;

import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Migration;

/** A migration and the database it names; what the definition's hash is taken of. */
record Resolved(Migration migration, Database database) {}
