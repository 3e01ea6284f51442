package dev.lockstep.activities.dump.place;

/**
 * A started shell.
 *
 * @param process the shell
 * @param mark its word at a good end
 * @param preamble what it reads before the program's input
 * @param halfCloses whether the end of its input can be told by closing
 */
record Launch(Process process, String mark, String preamble, boolean halfCloses) {}
