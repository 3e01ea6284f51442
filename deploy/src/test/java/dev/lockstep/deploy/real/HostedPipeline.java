package dev.lockstep.deploy.real;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.deploy.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A repository at a service whose pipelines a program of the testbed runs on this machine: which
 * jobs and steps there are, what they get and how they end, that program reads from the files.
 */
abstract class HostedPipeline {
  final Checkout checkout;
  final CodeHost host;
  final Path home;

  private final String program;
  private final Map<String, String> machine = new TreeMap<>();
  private final Map<String, String> secrets = new TreeMap<>();

  /**
   * Takes a repository.
   *
   * @param home of every job
   * @param program the variable of the testbed that names it; where it is not there, the test is
   *     skipped
   */
  HostedPipeline(Path home, CodeHost host, String program, Checkout checkout) {
    this.home = home;
    this.host = host;
    this.program = program(program);
    this.checkout = checkout;
    machine("CI_LOCKSTEP_LOOK", "1");
  }

  private static String program(String variable) {
    Testbed testbed = Testbed.read();
    assumeTrue(testbed.has(variable), variable + " is no part of this testbed's");
    return testbed.value(variable, "");
  }

  /** Tells it where the server is, and the token that starts runs and reads them. */
  abstract void connect(Deliveries server) throws IOException, InterruptedException;

  /** Adds fields to what the pipeline delivers. */
  abstract void deliver(String json) throws IOException, InterruptedException;

  /** What runs the pipeline for that reason, after the program. */
  abstract List<String> words(Event event) throws IOException;

  /** What the machine gives to each job. */
  final void machine(String name, String value) {
    machine.put(name, value);
  }

  /** What the service keeps for the jobs and does not show. */
  final void secret(String name, String value) {
    secrets.put(name, value);
  }

  /** A file with the secrets, each as that form has it. */
  final Path secrets(String form) throws IOException {
    return Files.writeString(
        home.resolve("secrets"),
        secrets.entrySet().stream()
            .map(secret -> form.formatted(secret.getKey(), secret.getValue()))
            .collect(Collectors.joining("\n", "", "\n")));
  }

  /**
   * Runs it.
   *
   * @param exit status with which the program must end
   * @return what the program and the jobs printed
   */
  final String runs(int exit, Event event) throws IOException, InterruptedException {
    JobProcess process = new JobProcess(home);
    machine.forEach(process::set);
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(words(event));
    return process.says(exit, checkout.folder, command);
  }

  /** Why it runs. */
  enum Event {
    /** The pull or merge request 7. */
    REQUEST,
    /** To main. */
    PUSH,
    SCHEDULE
  }
}
