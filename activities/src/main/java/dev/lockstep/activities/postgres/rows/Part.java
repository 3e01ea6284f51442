package dev.lockstep.activities.postgres.rows;

/**
 * What is walked as one: a table, or one partition of it.
 *
 * @param ledger where its ranges are: the step or pass itself, or a part of it for a partition
 */
record Part(WalkedTable table, StepLedger ledger) {}
