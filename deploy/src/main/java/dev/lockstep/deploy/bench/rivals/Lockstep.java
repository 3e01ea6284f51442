package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.deploy.bench.Program;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code lockstep run FILE}: a process with the embedded engine. */
final class Lockstep implements Contender {
  private static final Duration GATE_PATIENCE = Duration.ofMinutes(10);

  private final Path launcher;
  private final Definition definition;
  private final String version;

  /**
   * Builds it where it was not built.
   *
   * @param launcher the command
   */
  Lockstep(Path launcher, Definition definition, Path folder)
      throws IOException, InterruptedException {
    this.launcher = launcher;
    this.definition = definition;
    this.version = Program.run(List.of(launcher.toString(), "--version"), Map.of(), folder).strip();
  }

  @Override
  public String name() {
    return definition.pace().isPresent() ? "lockstep-paced" : "lockstep";
  }

  @Override
  public String about() {
    return version.lines().findFirst().orElse("") + ", " + definition.about();
  }

  @Override
  public Done change(Target target) throws IOException, InterruptedException {
    Instant start = Instant.now();
    try (Program run = run(target, Map.of())) {
      RunOutcome outcome = outcome(run);
      return done(outcome, Span.since(start));
    }
  }

  @Override
  public Held hold(Target target) throws IOException, InterruptedException {
    Path file = definition.write(target, Definition.Gate.required);
    Program run = start(target, Map.of(), List.of("run", file.toString()));
    long deadline = System.nanoTime() + GATE_PATIENCE.toNanos();
    while (!isWaiting(target)) {
      if (!run.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("lockstep did not reach its gate: " + run.messages());
      }
      TimeUnit.SECONDS.sleep(1);
    }
    return run::close;
  }

  /**
   * Starts the whole change.
   *
   * @param environment beside the login
   * @param more options of {@code run}
   */
  Program run(Target target, Map<String, String> environment, String... more) throws IOException {
    Path file = definition.write(target, Definition.Gate.none);
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "--output", "json"));
    words.addAll(List.of(more));
    return start(target, environment, words);
  }

  /** Starts a worker for a Temporal service. */
  Program worker(Target target, String address) throws IOException {
    return start(target, Map.of(), List.of("worker", "--address", address));
  }

  /** Waits for the good end of a run. */
  static RunOutcome outcome(Program run) throws IOException, InterruptedException {
    RunOutcome outcome = Wire.mapper().readValue(run.await(), RunOutcome.class);
    if (outcome.state() != RunState.SUCCEEDED) {
      throw new Program.FailedException("lockstep: " + outcome.state() + ": " + outcome.message());
    }
    return outcome;
  }

  static Done done(RunOutcome outcome, Span whole) {
    return new Done(time(outcome, Phase.MIGRATE).orElseThrow(), time(outcome, Phase.VERIFY), whole);
  }

  private static Optional<Span> time(RunOutcome outcome, Phase phase) {
    return outcome.steps().stream()
        .filter(step -> step.phase() == phase)
        .map(Lockstep::time)
        .reduce(Span::with);
  }

  private static Span time(StepReport step) {
    return new Span(step.started().orElseThrow(), step.ended().orElseThrow());
  }

  /** Not yet known to the service counts as not waiting. */
  private boolean isWaiting(Target target) throws IOException, InterruptedException {
    List<String> words = List.of("status", Definition.name(target), "--output", "json");
    try (Program status = start(target, Map.of(), words)) {
      String answer = status.await();
      return Wire.mapper().readValue(answer, RunStatus.class).state() == RunState.WAITING;
    } catch (Program.FailedException e) {
      return false;
    }
  }

  private Program start(Target target, Map<String, String> environment, List<String> words)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(Definition.environment(target));
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(words);
    return Program.start(command, all, target.folder());
  }
}
