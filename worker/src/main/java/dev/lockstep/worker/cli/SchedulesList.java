package dev.lockstep.worker.cli;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.schedules.ScheduleRow;
import dev.lockstep.worker.schedules.Schedules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the schedules of a service. */
@Command(
    name = "list",
    description = {
      "Lists the schedules that Lockstep made: next times, last runs, what was missed or skipped.",
      "With --check, exit status 3 where something was, until somebody acknowledges it."
    })
final class SchedulesList implements Callable<Integer> {
  private final Console console;

  @Mixin private ServiceOptions service = new ServiceOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--check", description = "Exit status 3 where a run was missed or skipped.")
  private boolean check;

  SchedulesList(Console console) {
    this.console = console;
  }

  /** The result for programs. */
  record Result(List<ScheduleRow> schedules, List<String> warnings) {
    static Result of(List<ScheduleRow> rows) {
      return new Result(
          rows, rows.stream().flatMap(row -> SchedulesList.warnings(row).stream()).toList());
    }
  }

  @Override
  public Integer call() {
    try (EngineConnection connection = ScheduleControl.connect(service)) {
      Result result = Result.of(new Schedules(connection).list());
      output.print(console.output(), result, text(result));
      return check && !result.warnings().isEmpty() ? ExitCode.NEEDS_PERSON : ExitCode.DONE;
    }
  }

  private static List<String> warnings(ScheduleRow row) {
    List<String> warnings = new ArrayList<>();
    if (row.missed() > 0) {
      warnings.add(
          "%s: %d missed, because nothing could start them within catchUp"
              .formatted(row.schedule(), row.missed()));
    }
    if (row.skipped() > 0) {
      warnings.add(
          "%s: %d skipped, because the run before was still under way"
              .formatted(row.schedule(), row.skipped()));
    }
    return warnings;
  }

  static String text(Result result) {
    StringBuilder text = new StringBuilder();
    if (result.schedules().isEmpty()) {
      text.append("there is no schedule of lockstep in this namespace\n");
    }
    for (ScheduleRow row : result.schedules()) {
      text.append(row.schedule()).append(": ").append(row.run());
      text.append(row.paused() ? ", paused" + row.note().map(it -> ": " + it).orElse("") : "");
      text.append(row.running() > 0 ? ", running" : "").append('\n');
      if (!row.next().isEmpty()) {
        text.append("  next  ")
            .append(row.next().stream().map(Instant::toString).collect(Collectors.joining(", ")))
            .append('\n');
      }
      for (ScheduleRow.Run run : row.last()) {
        text.append("  last  %s  %s%n".formatted(run.due(), run.state()));
      }
    }
    result.warnings().forEach(it -> text.append("! ").append(it).append('\n'));
    return text.toString();
  }
}
