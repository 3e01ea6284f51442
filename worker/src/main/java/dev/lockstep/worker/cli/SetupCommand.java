package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.config.DefinitionFolder;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.schedules.Reconciliation;
import dev.lockstep.worker.schedules.ScheduleChange;
import io.temporal.envconfig.ClientConfigProfile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a Temporal namespace ready. */
@Command(
    name = "setup",
    description = {
      "Makes a Temporal namespace ready: registers Lockstep's search attributes, and makes, changes"
          + " and deletes schedules until they are those of the definition files, or, without a"
          + " file, of the folder $LOCKSTEP_DEFINITIONS_PATH. Where these hold no Schedule, none is"
          + " deleted, unless --delete-others says so.",
      "Exit status 3 where a schedule that Lockstep did not make has the id of one."
    })
final class SetupCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DefinitionFiles files = new DefinitionFiles();
  @Mixin private ServiceOptions service = new ServiceOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @ArgGroup private Others others = new Others();

  /** What becomes of schedules without a definition. Both at a time are refused. */
  private static final class Others {
    @Option(
        names = "--keep-others",
        description = "Delete no schedule: the files hold a part of the definitions.")
    private boolean keep;

    @Option(
        names = "--delete-others",
        description = "Delete schedules without a definition, also where the files hold none.")
    private boolean delete;

    boolean areDeleted(List<Schedule> wanted) {
      return delete || (!keep && !wanted.isEmpty());
    }
  }

  SetupCommand(Console console) {
    this.console = console;
  }

  /**
   * The result for programs.
   *
   * @param searchAttributes that were, or would be, registered
   */
  record Result(boolean dryRun, List<String> searchAttributes, List<ScheduleChange> schedules) {}

  @Override
  public Integer call() {
    ClientConfigProfile profile =
        service.required("there is nothing to set up without a Temporal service");
    Optional<List<Schedule>> wanted = definitions().map(SetupCommand::schedules);
    try (EngineConnection connection = ScheduleControl.connect(profile)) {
      List<String> attributes = connection.missingSearchAttributes();
      if (!dryRun && !attributes.isEmpty()) {
        connection.addSearchAttributes(attributes);
      }
      Reconciliation reconciliation = new Reconciliation(connection);
      List<ScheduleChange> changes =
          wanted
              .map(
                  all ->
                      dryRun
                          ? reconciliation.plan(all, others.areDeleted(all))
                          : reconciliation.apply(all, others.areDeleted(all)))
              .orElse(List.of());
      Result result = new Result(dryRun, attributes, changes);
      output.print(console.output(), result, text(result, left(wanted)));
      return changes.stream().anyMatch(it -> it.action() == ScheduleChange.Action.CONFLICT)
          ? ExitCode.NEEDS_PERSON
          : ExitCode.DONE;
    }
  }

  /** Absent: none are known. */
  private Optional<Definitions> definitions() {
    if (files.given()) {
      return Optional.of(files.read(console));
    }
    Settings settings = Settings.ofProcess();
    return settings.definitionsPath().isPresent()
        ? Optional.of(new DefinitionFolder(settings.definitionsPath()).read())
        : Optional.empty();
  }

  private static List<Schedule> schedules(Definitions definitions) {
    if (!definitions.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, definitions.problems());
    }
    return definitions.schedules();
  }

  /** Why nothing is said of schedules; absent: something is. */
  private Optional<String> left(Optional<List<Schedule>> wanted) {
    if (wanted.isEmpty()) {
      return Optional.of("no definitions given: schedules are left alone\n");
    }
    return wanted
        .filter(all -> all.isEmpty() && !others.areDeleted(all))
        .map(
            none ->
                "the definitions hold no Schedule: those of the service are left alone;"
                    + " --delete-others deletes them\n");
  }

  private static String text(Result result, Optional<String> left) {
    StringBuilder text = new StringBuilder();
    result
        .searchAttributes()
        .forEach(name -> text.append("create    search attribute ").append(name).append('\n'));
    for (ScheduleChange change : result.schedules()) {
      text.append(
          "%-9s schedule %s: %s%n"
              .formatted(
                  change.action().name().toLowerCase(Locale.ROOT),
                  change.schedule(),
                  change.reason()));
    }
    left.ifPresent(text::append);
    if (result.dryRun()) {
      text.append("dry run: nothing was changed\n");
    } else if (text.isEmpty()) {
      text.append("nothing to do\n");
    }
    return text.toString();
  }
}
