package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.definitions.yaml.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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
  int parallelism = 2;

  @Option(
      names = "--batch",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "What a batch of Lockstep aims at, such as 50ms, which is the default.")
  Duration batch = Duration.ofMillis(50);

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
  Form output = Form.text;

  /** The forms of a result. */
  enum Form {
    text,
    json
  }

  Column column() {
    return nullable ? Column.NULLABLE : Column.NOT_NULL;
  }

  Definition definition(Optional<Integer> pace) {
    return new Definition(column(), batch, parallelism, pace);
  }

  /** As in definitions. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.read(text)
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is not " + Durations.WANTED));
    }
  }
}
