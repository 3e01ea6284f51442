package dev.lockstep.deploy.bench.copies;

import dev.lockstep.deploy.bench.report.Machine;
import dev.lockstep.deploy.bench.report.Ratio;
import dev.lockstep.deploy.bench.report.Report;
import dev.lockstep.deploy.bench.report.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A backup and its restore by Lockstep, beside a pipeline of programs that does the same.
 *
 * <ol>
 *   <li>One database is filled with text that compresses to about a half.
 *   <li>In each round, each contender backs it up and restores it into an empty one, in turn;
 *       another one begins each round.
 *   <li>The restored rows are compared with the others by a checksum.
 * </ol>
 */
@Command(
    name = "copies",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Backs a database up and restores it, beside pg_dump | zstd | openssl.")
public final class CopiesBench implements Callable<Integer> {
  @Option(
      names = "--database",
      paramLabel = "URL",
      required = true,
      description =
          "jdbc:postgresql://HOST:PORT/DATABASE?user=…: a role that may create databases; those"
              + " named lockstep_copies_… come and go.")
  private String database = "";

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Of about 300 bytes each; default: ${DEFAULT-VALUE}.")
  private int rows = 4_000_000;

  @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--folder",
      paramLabel = "PATH",
      description = "Where backups are stored; default: the folder for temporary files.")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "Form of the result; default: ${DEFAULT-VALUE}.")
  private Report.Form form = Report.Form.text;

  /** Exits with 2 where the command line is wrong, with 1 where a row was lost. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CopiesBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path place = Files.createTempDirectory(folder, "lockstep-copies");
    try (Databases databases = Databases.make(database, rows)) {
      List<Contender> contenders =
          List.of(new Lockstep(databases, place), new Pipeline(databases, place));
      Results results = new Results();
      for (int round = 0; round < rounds; round++) {
        for (int turn = 0; turn < contenders.size(); turn++) {
          Contender next = contenders.get((round + turn) % contenders.size());
          System.err.println("round " + (round + 1) + ": " + next.name());
          results.add(next.name(), next.measure());
          databases.compare();
        }
      }
      List<String> machine = new ArrayList<>(Machine.lines(databases.server()));
      machine.add(
          "%,d rows, %,d MiB as pg_dump gives them, stored in a folder"
              .formatted(rows, databases.rawBytes() >> 20));
      new Report(
              machine,
              Map.of(contenders.get(1).name(), contenders.get(1).about()),
              List.of(),
              results,
              Ratio.OF_THE_FIRST)
          .print(System.out, form);
      return 0;
    }
  }
}
