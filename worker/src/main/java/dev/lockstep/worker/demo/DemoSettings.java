package dev.lockstep.worker.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user of the demo chose.
 *
 * @param rows of the table
 * @param databaseUrl absent: an embedded PostgreSQL
 * @param folder for the reports, the worker's log and the embedded server
 * @param messages where progress is told
 */
public record DemoSettings(
    long rows, Optional<String> databaseUrl, Path folder, PrintStream messages) {}
