package dev.lockstep.activities.dump.place;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The worker's own machine. Secrets go by the environment, which only the same user can read. */
public final class WorkerPlace implements Place {
  /** The status is told twice, by the mark and by the exit, so that neither alone is believed. */
  private static final String SCRIPT =
      """
      mark=$1; shift
      "$@"
      status=$?
      printf '\\n%s%03d\\n' "$mark" "$status"
      exit "$status"
      """;

  /** Needs nothing but a shell. */
  public WorkerPlace() {}

  @Override
  public String name() {
    return "the worker";
  }

  @Override
  public Running start(Program program) {
    String mark = Nonce.next();
    List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh", mark));
    command.addAll(program.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(program.environment());
    try {
      Launch launch = new Launch(builder.start(), mark, "", true);
      return new RunningProgram(launch, program, name()).begin();
    } catch (IOException e) {
      throw Faults.failure(
          FaultCode.CLIENT_UNFIT, "the worker cannot start a shell: " + e.getMessage(), "");
    }
  }

  @Override
  public void close() {
    // Nothing was made.
  }
}
