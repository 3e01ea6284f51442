package dev.lockstep.deploy.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param rows of the table
 * @param database JDBC URL with user and password; absent: an embedded server
 * @param parallelism of the backfill
 * @param batchDuration that a batch aims at
 */
record BenchOptions(int rows, Optional<String> database, int parallelism, Duration batchDuration) {
  static final String USAGE =
      """
      usage: backfill [--rows N] [--database URL] [--parallelism N] [--batch-millis N]
        --rows          rows of the table, 1000000 unless given
        --database      jdbc:postgresql://HOST:PORT/DATABASE?user=…; an embedded server unless given;
                        the schemas lockstep and lockstep_bench are made there and dropped at the end
        --parallelism   ranges at a time, 2 unless given
        --batch-millis  time of a batch, 50 unless given
      """;

  /** Reads the command line; what is wrong in it is in the exception's message. */
  static BenchOptions parse(String[] arguments) {
    BenchOptions options = new BenchOptions(1_000_000, Optional.empty(), 2, Duration.ofMillis(50));
    for (int at = 0; at < arguments.length; at += 2) {
      if (at + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[at] + " has no value");
      }
      options = options.with(arguments[at], arguments[at + 1]);
    }
    return options;
  }

  private BenchOptions with(String name, String value) {
    return switch (name) {
      case "--rows" -> new BenchOptions(positive(value), database, parallelism, batchDuration);
      case "--database" -> new BenchOptions(rows, Optional.of(value), parallelism, batchDuration);
      case "--parallelism" -> new BenchOptions(rows, database, positive(value), batchDuration);
      case "--batch-millis" ->
          new BenchOptions(rows, database, parallelism, Duration.ofMillis(positive(value)));
      default -> throw new IllegalArgumentException("unknown option " + name);
    };
  }

  private static int positive(String value) {
    int number = Integer.parseInt(value);
    if (number < 1) {
      throw new IllegalArgumentException(value + " is not at least 1");
    }
    return number;
  }
}
