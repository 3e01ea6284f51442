package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.deploy.bench.DurationConverter;
import dev.lockstep.deploy.bench.report.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What both benches can be told. */
final class Options {
  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "jdbc:postgresql://HOST:PORT/DATABASE?user=…&password=…, a role that may create"
              + " databases; an embedded server unless given.")
  Optional<String> database = Optional.empty();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Lockstep's ranges at a time; default: ${DEFAULT-VALUE}.")
  int parallelism = Limits.DEFAULT.parallelism();

  @Option(
      names = "--batch",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "What a batch of Lockstep aims at, 25ms unless given.")
  Duration batch = Limits.DEFAULT.batchDuration();

  @Option(
      names = "--nullable",
      description = "The new column may stay empty; otherwise it is NOT NULL in the end.")
  boolean nullable;

  @Option(
      names = "--lockstep",
      paramLabel = "PATH",
      description = "The command to measure; default: that of this tree.")
  Path lockstep = Path.of(System.getProperty("lockstep.launcher", "lockstep"));

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "Form of the result; default: ${DEFAULT-VALUE}.")
  Report.Form output = Report.Form.text;

  Column column() {
    return nullable ? Column.NULLABLE : Column.NOT_NULL;
  }

  Definition definition(Optional<Integer> pace) {
    return new Definition(column(), batch, parallelism, pace);
  }
}
