package dev.lockstep.deploy.bench;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.SecretReader;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.deploy.bench.report.Machine;
import dev.lockstep.deploy.bench.report.Ratio;
import dev.lockstep.deploy.bench.report.Report;
import dev.lockstep.worker.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the steps that touch every row, as a worker runs them, without the engine around. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Fills a column of every row, alone and beside live clients, plain updates in turn with it;"
            + " then what the trigger costs clients.")
public final class BackfillBench implements Callable<Integer> {
  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Of the table; default: ${DEFAULT-VALUE}.")
  int rows = 1_000_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each has its turn; default: ${DEFAULT-VALUE}.")
  int rounds = 3;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "jdbc:postgresql://HOST:PORT/DATABASE?user=…&password=…, where the schemas lockstep and"
              + " lockstep_bench are made and dropped; an embedded server unless given.")
  Optional<String> database = Optional.empty();

  @Option(
      names = "--parallelism",
      split = ",",
      paramLabel = "N",
      description = "Connections of the backfill, one or more numbers; 1 and 2 unless given.")
  List<Integer> parallelism = List.of(1, 2);

  @Option(
      names = "--batch",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "What a batch aims at, 25ms unless given.")
  Duration batch = Limits.DEFAULT.batchDuration();

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "CASE",
      description = "Of ${COMPLETION-CANDIDATES}; all unless given.")
  Set<Case> cases = EnumSet.allOf(Case.class);

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "Form of the result; default: ${DEFAULT-VALUE}.")
  Report.Form output = Report.Form.text;

  /** What can be measured by itself. */
  enum Case {
    /** Nobody else at work. */
    alone,
    /** Beside live clients. */
    clients,
    /** The clients' updates with the trigger. */
    trigger
  }

  /** Exits with 2 where the command line is wrong. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BackfillBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (database.isPresent()) {
      measure(database.get());
      return 0;
    }
    Path folder = Files.createTempDirectory("lockstep-bench");
    try (EmbeddedDatabase server = EmbeddedDatabase.start(folder)) {
      measure(server.jdbcUrl() + "?user=postgres");
    }
    return 0;
  }

  private void measure(String url) throws InterruptedException {
    Database named =
        new Database(
            "bench", Engine.POSTGRESQL, new Connection.Url(url), new Credentials.None(), List.of());
    try (Databases databases = new Databases(ConnectionSettings.DEFAULT, SecretReader.NONE)) {
      Customers customers = new Customers(databases.open(named), rows);
      RowSteps steps = new RowSteps(databases, named, batch);
      BackfillCases measured = new BackfillCases(customers, Filler.all(steps, parallelism));
      try {
        for (int round = 1; round <= rounds; round++) {
          measured.round(cases);
        }
        if (cases.contains(Case.trigger)) {
          measured.trigger();
        }
        List<String> lines = new ArrayList<>(Machine.lines(databases.open(named)));
        lines.add(
            String.format(
                Locale.ROOT,
                "%s: %,d rows, %d rounds; clients send 200 requests/s",
                cases,
                rows,
                rounds));
        new Report(lines, about(), List.of(), measured.results(), Ratio.OF_THE_FIRST)
            .print(System.out, output);
      } finally {
        customers.drop();
      }
    }
  }

  private Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("lockstep", "batches of " + batch.toMillis() + " ms");
    about.put(Filler.PLAIN, PlainUpdates.ABOUT);
    return about;
  }
}
