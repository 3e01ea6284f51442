package dev.lockstep.deploy.testbed;

/**
 * How a client program ended.
 *
 * @param exit its status
 * @param output what it wrote to its standard output
 * @param errors what it wrote to its standard error
 */
public record ProgramResult(int exit, String output, String errors) {}
