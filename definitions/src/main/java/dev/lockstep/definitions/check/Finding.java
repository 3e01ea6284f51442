package dev.lockstep.definitions.check;

/**
 * A problem and whose it is.
 *
 * @param index of the definition in the list that was checked, from 0
 */
public record Finding(int index, Problem problem) {}
