package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.Program;
import dev.lockstep.deploy.bench.report.Machine;
import dev.lockstep.deploy.bench.report.Metric;
import dev.lockstep.deploy.bench.report.Ratio;
import dev.lockstep.deploy.bench.report.Report;
import dev.lockstep.deploy.bench.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How time a row and the worker's memory grow with the table. */
@Command(
    name = "growth",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs one change, without clients, on tables of several sizes: time a row, and memory of"
            + " the process.")
public final class GrowthBench implements Callable<Integer> {
  private static final double MEBI = 1024.0 * 1024;

  @Mixin Options options = new Options();

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "N",
      description = "Of each table, the smallest first; 100000,1000000,10000000 unless given.")
  List<Integer> rows = List.of(100_000, 1_000_000, 10_000_000);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each size has its turn; default: ${DEFAULT-VALUE}.")
  int rounds = 1;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "The most heap that the measured JVM may take; default: ${DEFAULT-VALUE}.")
  String heap = "256m";

  /** Exits with 2 where the command line is wrong. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new GrowthBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!heap.matches("[1-9][0-9]*[kmgKMG]")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--heap '" + heap + "' is not a size such as 256m");
    }
    Results results = new Results();
    try (Workplace place = Workplace.open(options.database)) {
      Definition definition = options.definition(Optional.empty());
      Lockstep lockstep = new Lockstep(options.lockstep, definition, place.folder());
      for (int round = 1; round <= rounds; round++) {
        for (int size : rows) {
          String name = String.format(Locale.ROOT, "%,d", size);
          System.err.println(name);
          Target target = place.copies().makeOnce("growth", size);
          results.add(name, measure(lockstep, target));
          place.copies().drop(target);
        }
      }
      report(place, lockstep, results).print(System.out, options.output);
    }
    return 0;
  }

  private Report report(Workplace place, Lockstep lockstep, Results results) {
    List<String> lines = new ArrayList<>(Machine.lines(place.copies().maintenance()));
    lines.add(
        rounds + " rounds, no clients, column " + options.column() + ", worker with -Xmx" + heap);
    return new Report(
        lines, Map.of("lockstep", lockstep.about()), List.of(), results, Ratio.TO_THE_ONE_BEFORE);
  }

  private Map<Metric, Double> measure(Lockstep lockstep, Target target)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(target.folder(), "gc", ".log");
    Instant start = Instant.now();
    try (Program run = lockstep.run(target, CollectionLog.environment(log, heap))) {
      long resident = 0;
      while (run.isAlive()) {
        resident = run.peakResidentBytes();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      Done done = Lockstep.done(Lockstep.outcome(run), Span.since(start));
      Map<Metric, Double> figures = figures(done, target.rows());
      figures.put(Metric.PEAK_RESIDENT_MIB, resident / MEBI);
      CollectionLog.mostAfter(log)
          .ifPresent(most -> figures.put(Metric.HEAP_AFTER_COLLECTION_MIB, most));
      return figures;
    }
  }

  private static Map<Metric, Double> figures(Done done, int rows) {
    double seconds = done.backfill().seconds();
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    figures.put(Metric.BACKFILL_RATE, rows / seconds);
    figures.put(Metric.MICROS_PER_ROW, seconds * 1e6 / rows);
    figures.put(Metric.WHOLE_SECONDS, done.whole().seconds());
    done.verification()
        .ifPresent(it -> figures.put(Metric.VERIFICATION_SHARE, 100 * it.seconds() / seconds));
    return figures;
  }
}
