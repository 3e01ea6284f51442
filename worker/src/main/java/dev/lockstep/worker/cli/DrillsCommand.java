package dev.lockstep.worker.cli;

import dev.lockstep.activities.restore.DrillHistory;
import dev.lockstep.activities.restore.Evidence;
import dev.lockstep.activities.restore.Verdict;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.RunFailures;
import dev.lockstep.worker.engine.RunKind;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the drills of a definition have shown so far. */
@Command(
    name = "drills",
    description = {
      "Lists the past drills of a definition, newest first: verdict, RTO and RPO of each.",
      "Exit status 3 where the newest did not verify its backup, or there is none."
    })
final class DrillsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DefinitionFiles files = new DefinitionFiles();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--name", paramLabel = "DRILL", description = "Which of several drills.")
  private @Nullable String name;

  DrillsCommand(Console console) {
    this.console = console;
  }

  /**
   * The result for programs.
   *
   * @param verified whether the newest drill verified its backup
   */
  record Result(String drill, boolean verified, List<DrillHistory.Past> past) {}

  @Override
  public Integer call() {
    Definitions definitions = files.read(console);
    if (!definitions.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, definitions.problems());
    }
    Drill drill = (Drill) Wanted.of(Optional.of(RunKind.DRILL), name).of(definitions.runnables());
    Store store =
        definitions
            .findBackup(drill.backup())
            .map(Backup::store)
            .flatMap(definitions::findStore)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.INVALID, "the store of " + drill.backup() + " is not beside it"));
    Result result = read(drill, store);
    output.print(console.output(), result, text(result));
    return result.verified() ? ExitCode.DONE : ExitCode.NEEDS_PERSON;
  }

  private static Result read(Drill drill, Store definition) {
    try (Wiring wiring = Wiring.of(Settings.ofProcess());
        ObjectStore store = wiring.stores().open(definition)) {
      List<DrillHistory.Past> past = DrillHistory.read(store, drill.name());
      boolean verified =
          past.stream()
              .findFirst()
              .flatMap(DrillHistory.Past::evidence)
              .filter(it -> it.verdict() == Verdict.VERIFIED)
              .isPresent();
      return new Result(drill.name(), verified, past);
    } catch (ApplicationFailure failure) {
      Fault fault = RunFailures.read(failure);
      throw new CommandFailure(ExitCode.of(fault.code()), fault.message());
    }
  }

  private static String text(Result result) {
    if (result.past().isEmpty()) {
      return "no drill of " + result.drill() + " has ended yet\n";
    }
    StringBuilder text = new StringBuilder();
    text.append(line("started", "backup", "verdict", "rto", "rpo"));
    for (DrillHistory.Past past : result.past()) {
      text.append(
          past.evidence()
              .map(
                  it ->
                      line(
                          it.started().toString(),
                          it.id(),
                          it.verdict().words(),
                          measure(it.rto()),
                          measure(it.rpo())))
              .orElse("! " + past.key() + " is no evidence\n"));
    }
    return text.toString();
  }

  private static String measure(Evidence.Measure measure) {
    String time = measure.measured().map(DrillsCommand::seconds).orElse("-");
    return time + measure.met().map(met -> met ? "" : " MISSED").orElse("");
  }

  private static String seconds(Duration time) {
    return Amounts.duration(time);
  }

  private static String line(
      String started, String backup, String verdict, String rto, String rpo) {
    return String.format(
            Locale.ROOT, "%-28s %-18s %-17s %-14s %s", started, backup, verdict, rto, rpo)
        .stripTrailing()
        .concat("\n");
  }
}
