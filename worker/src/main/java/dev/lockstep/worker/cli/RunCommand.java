package dev.lockstep.worker.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.RunKind;
import dev.lockstep.worker.engine.RunNotices;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowStub;
import io.temporal.envconfig.ClientConfigProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a definition, or attaches to its run. */
@Command(
    name = "run",
    description = {
      "Runs a migration, a backup, a restore or a drill and shows it until it ends. Where its run is"
          + " under way, attaches to it; where a migration was killed, goes on from the ledger.",
      "Exit status: 0 done, 1 failed and rolled back, 2 wrong definition, 3 held or left to a"
          + " person, 4 a service could not be reached, 5 not finished."
    })
class RunCommand implements Callable<Integer> {
  private static final String GOES_ON =
      "the run stopped with this process; the same command goes on from the ledger";
  private static final String BEGINS_ANEW =
      "the run stopped with this process; the same command removes what it left and begins anew";

  /** For receivers of notifications, at the end of an embedded run. */
  private static final Duration NOTICES_WAIT = Duration.ofSeconds(10);

  private final Console console;
  private final Optional<RunKind> kind;

  @Mixin private DefinitionFiles files = new DefinitionFiles();
  @Mixin private ServiceOptions service = new ServiceOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ParameterOptions parameters = new ParameterOptions();

  @Option(names = "--name", paramLabel = "NAME", description = "Which of several definitions.")
  private @Nullable String name;

  @Option(names = "--detach", description = "Start only; needs a Temporal service. Exit status 5.")
  private boolean detach;

  @Option(
      names = "--as-planned",
      description = "Let an unfinished run go on with its own plan although the file was edited.")
  private boolean asPlanned;

  @Option(names = "--dry-run", description = "Observe and plan as a run would, change nothing.")
  private boolean dryRun;

  @Option(
      names = "--time-limit",
      paramLabel = "DURATION",
      description =
          "Stop following after this time, with exit status 5; on a Temporal service the run goes"
              + " on, embedded it stops and the same command goes on from the ledger.")
  private @Nullable Duration timeLimit;

  @Option(
      names = "--wait-held",
      description = "Keep following a held run also where no terminal is attached.")
  private boolean waitHeld;

  RunCommand(Console console) {
    this(console, Optional.empty());
  }

  /**
   * The same for one kind.
   *
   * @param kind absent: any
   */
  RunCommand(Console console, Optional<RunKind> kind) {
    this.console = console;
    this.kind = kind;
  }

  final Console console() {
    return console;
  }

  final DefinitionFiles files() {
    return files;
  }

  final OutputOptions output() {
    return output;
  }

  /** Which of several definitions; absent: there is only one. */
  final Optional<String> name() {
    return Optional.ofNullable(name);
  }

  @Override
  public Integer call() throws IOException {
    DefinitionFiles.Selection selection = files.select(console, Wanted.of(kind, name));
    ObjectNode request = selection.request();
    parameters.addTo(request);
    if (asPlanned) {
      request.put("asPlanned", true);
    }
    if (dryRun) {
      request.put("dryRun", true);
    }
    Optional<ClientConfigProfile> named = service.named();
    if (named.isPresent()) {
      try (EngineConnection connection = ServiceOptions.connect(named.get())) {
        return run(connection, selection, Optional.empty());
      }
    }
    if (detach) {
      throw new CommandFailure(
          ExitCode.INVALID,
          "--detach needs a Temporal service that outlives this command: give --address,"
              + " TEMPORAL_ADDRESS or a Temporal profile");
    }
    Settings settings = Settings.ofProcess();
    String stopped = selection.kind() == RunKind.MIGRATION ? GOES_ON : BEGINS_ANEW;
    SignalNote signal = SignalNote.during(console.messages(), "lockstep: " + stopped);
    try (EmbeddedEngine engine = EmbeddedEngine.start(settings, signal)) {
      return run(engine.connection(), selection, Optional.of(stopped));
    }
  }

  /**
   * Starts and follows it.
   *
   * @param unfinished what becomes of an unfinished run after this command; absent: it goes on
   */
  private int run(
      EngineConnection connection,
      DefinitionFiles.Selection selection,
      Optional<String> unfinished) {
    RunStarter starter = new RunStarter(connection);
    WorkflowStub run = starter.start(selection.run(), selection.request());
    if (!asPlanned && !starter.isOf(run, selection.request())) {
      throw new CommandFailure(
          ExitCode.NEEDS_PERSON,
          "a run of another definition of "
              + selection.name()
              + " is under way, see: lockstep status "
              + selection.run()
              + "; wait for its end or abort it, or follow it with --as-planned");
    }
    if (detach) {
      output.print(
          console.output(), Started.of(run), "started " + Started.of(run).workflowId() + "\n");
      return ExitCode.UNFINISHED;
    }
    String goesOn = "the run goes on; see: lockstep status " + selection.run();
    Followed followed =
        (unfinished.isPresent() ? follow(run) : follow(run, "lockstep: " + goesOn))
            .at(selection.places());
    print(followed, Started.of(run));
    if (unfinished.isPresent()) {
      awaitNotices(connection, run);
    }
    if (followed.exitCode() == ExitCode.UNFINISHED || isHeld(followed)) {
      console.messages().println("lockstep: " + unfinished.orElse(goesOn));
    }
    return followed.exitCode();
  }

  /** With this process goes what was not delivered until then. */
  private void awaitNotices(EngineConnection connection, WorkflowStub run) {
    new RunNotices(connection)
        .await(Started.of(run).workflowId(), NOTICES_WAIT)
        .forEach(line -> console.messages().println("lockstep: " + line));
  }

  /** The same, with a word for whoever ends this command by a signal meanwhile. */
  private Followed follow(WorkflowStub run, String atSignal) {
    SignalNote note = SignalNote.during(console.messages(), atSignal);
    try {
      return follow(run);
    } finally {
      note.close();
    }
  }

  private Followed follow(WorkflowStub run) {
    return new RunFollower(
            run,
            new ProgressLines(console.messages(), console.terminal()),
            Optional.ofNullable(timeLimit),
            waitHeld || console.terminal())
        .follow();
  }

  private static boolean isHeld(Followed followed) {
    return followed.status().filter(it -> it.state() == RunState.HELD).isPresent();
  }

  private void print(Followed followed, Started started) {
    followed.outcome().ifPresent(it -> output.print(console.output(), it, OutcomeText.of(it)));
    followed
        .fault()
        .ifPresent(
            fault -> {
              console.messages().println("lockstep: " + fault.message());
              output.print(console.output(), failed(fault, followed.isUnclear()), "");
            });
    followed.status().ifPresent(it -> output.print(console.output(), it, StatusText.full(it)));
    if (followed.equals(Followed.unfinished(Optional.empty()))) {
      output.print(console.output(), started, "");
    }
  }

  private static RunOutcome failed(Fault fault, boolean unclear) {
    return new RunOutcome(
        RunState.FAILED,
        Phase.PREPARE,
        "",
        unclear
            ? "what it had done stands in the ledger: the same command goes on from there"
            : "nothing was changed",
        List.of(),
        new TreeMap<>(),
        Optional.of(fault),
        List.of());
  }

  /** The result of {@code --detach}, and where nothing more is known of a run. */
  record Started(String workflowId, String runId) {
    static Started of(WorkflowStub run) {
      WorkflowExecution execution = Objects.requireNonNull(run.getExecution(), "a started run");
      return new Started(execution.getWorkflowId(), execution.getRunId());
    }
  }
}
