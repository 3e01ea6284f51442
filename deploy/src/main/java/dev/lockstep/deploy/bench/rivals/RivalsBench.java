package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.DurationConverter;
import dev.lockstep.deploy.bench.report.Machine;
import dev.lockstep.deploy.bench.report.Ratio;
import dev.lockstep.deploy.bench.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares Lockstep with its rivals. */
@Command(
    name = "rivals",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compares Lockstep with its rivals: the same new column of the same table under the same"
            + " live load, in turn.")
public final class RivalsBench implements Callable<Integer> {
  @Mixin Options options = new Options();

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Of the table; default: ${DEFAULT-VALUE}.")
  int rows = 3_000_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each has its turn; default: ${DEFAULT-VALUE}.")
  int rounds = 3;

  @Option(
      names = "--rival",
      paramLabel = "NAME=PATH",
      description = "A rival's binary: pgroll or reshape. May be given for each.")
  Map<Rival, Path> binaries = new LinkedHashMap<>();

  @Option(
      names = "--pace",
      paramLabel = "ROWS",
      description = "Also Lockstep held to so many rows a second, such as those of a rival.")
  Optional<Integer> pace = Optional.empty();

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description =
          "Kill a worker of this Temporal service; unless given, a run on the embedded engine.")
  Optional<String> address = Optional.empty();

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "CASE",
      description = "Of ${COMPLETION-CANDIDATES}; all unless given.")
  Set<Case> cases = EnumSet.allOf(Case.class);

  @Option(
      names = "--before",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "For how long clients are watched before the change, 10s unless given.")
  Duration before = Duration.ofSeconds(10);

  @Option(
      names = "--after",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "The same after it, 5s unless given.")
  Duration after = Duration.ofSeconds(5);

  /** Rivals that need a binary. */
  enum Rival {
    pgroll {
      @Override
      Contender contender(Path binary, Column column, Path folder)
          throws IOException, InterruptedException {
        return new Pgroll(binary, column, folder);
      }
    },
    reshape {
      @Override
      Contender contender(Path binary, Column column, Path folder)
          throws IOException, InterruptedException {
        return new Reshape(binary, column, folder);
      }
    };

    abstract Contender contender(Path binary, Column column, Path folder)
        throws IOException, InterruptedException;
  }

  /** What can be measured by itself. */
  enum Case {
    /** The whole change under load. */
    change,
    /** The clients' updates with the trigger. */
    trigger,
    /** The worker killed in the middle. */
    kill
  }

  /** Options that not every case reads. */
  private static final Map<String, Set<Case>> READ_BY =
      Map.of(
          "--rows", EnumSet.of(Case.change, Case.kill),
          "--rounds", EnumSet.of(Case.change, Case.kill),
          "--rival", EnumSet.of(Case.change, Case.trigger),
          "--pace", EnumSet.of(Case.change),
          "--before", EnumSet.of(Case.change),
          "--after", EnumSet.of(Case.change),
          "--address", EnumSet.of(Case.kill));

  /** Exits with 2 where the command line is wrong. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RivalsBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    refuseUnused();
    try (Workplace place = Workplace.open(options.database)) {
      Path folder = place.folder();
      Lockstep lockstep =
          new Lockstep(options.lockstep, options.definition(Optional.empty()), folder);
      Comparison comparison = new Comparison(place.copies(), lockstep, others(folder), System.err);
      measure(comparison);
      report(place.copies(), comparison).print(System.out, options.output);
    }
    return 0;
  }

  /** An option that changes nothing is a mistake of whoever gave it. */
  private void refuseUnused() {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      Set<Case> readers = READ_BY.getOrDefault(option.longestName(), cases);
      if (Collections.disjoint(readers, cases)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "%s is read by the cases %s, and --cases is %s"
                .formatted(option.longestName(), readers, cases));
      }
    }
  }

  private List<Contender> others(Path folder) throws IOException, InterruptedException {
    List<Contender> others = new ArrayList<>();
    if (!isCompared()) {
      return others;
    }
    if (pace.isPresent()) {
      others.add(new Lockstep(options.lockstep, options.definition(pace), folder));
    }
    for (Map.Entry<Rival, Path> rival : binaries.entrySet()) {
      if (Files.isExecutable(rival.getValue())) {
        others.add(rival.getKey().contender(rival.getValue(), options.column(), folder));
      }
    }
    others.add(new Plain(options.column()));
    return others;
  }

  private void measure(Comparison comparison) throws InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      if (cases.contains(Case.change)) {
        comparison.change(rows, new Trial.Watch(before, after));
      }
      if (cases.contains(Case.kill)) {
        comparison.kill(rows, address);
      }
    }
    if (cases.contains(Case.trigger)) {
      comparison.trigger();
    }
  }

  private Report report(Copies copies, Comparison comparison) {
    List<String> lines = new ArrayList<>(Machine.lines(copies.maintenance()));
    cases.stream().sorted().map(this::about).forEach(lines::add);
    List<String> notes = new ArrayList<>(leftOut());
    notes.addAll(comparison.notes());
    return new Report(lines, comparison.about(), notes, comparison.results(), Ratio.OF_THE_FIRST);
  }

  private String about(Case measured) {
    String tables =
        String.format(
            Locale.ROOT,
            "%s: %,d rows, %d rounds, column %s",
            measured,
            rows,
            rounds,
            options.column());
    return switch (measured) {
      case change ->
          tables
              + ", 200 requests/s on 4 connections; locks looked at every "
              + LockWaits.INTERVAL.toMillis()
              + " ms";
      case trigger ->
          String.format(
              Locale.ROOT, "trigger: %,d rows, column %s", TriggerTrial.ROWS, options.column());
      case kill ->
          tables
              + address
                  .map(it -> ", a worker of the Temporal service at " + it + ", another stands by")
                  .orElse(", a run on the embedded engine, started again at once");
    };
  }

  /** Of a killed worker there is nothing to compare. */
  private boolean isCompared() {
    return !cases.equals(EnumSet.of(Case.kill));
  }

  /** Whose binary was not named or is not there. */
  private List<String> leftOut() {
    List<String> notes = new ArrayList<>();
    if (!isCompared()) {
      return notes;
    }
    for (Rival rival : Rival.values()) {
      Path binary = binaries.get(rival);
      if (binary == null) {
        notes.add(rival + " left out: no --rival " + rival + "=PATH was given");
      } else if (!Files.isExecutable(binary)) {
        notes.add(rival + " left out: " + binary + " is not a program");
      }
    }
    return notes;
  }
}
