package dev.lockstep.worker.cli;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.schedules.ScheduleRow;
import dev.lockstep.worker.schedules.Schedules;
import io.temporal.envconfig.ClientConfigProfile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says something to a schedule of a service. */
abstract class ScheduleControl implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "Name of the schedule.")
  private String name = "";

  @Mixin private ServiceOptions service = new ServiceOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  ScheduleControl(Console console) {
    this.console = console;
  }

  /**
   * Says it.
   *
   * @return a sentence for people
   */
  abstract String say(Schedules schedules, String schedule);

  /**
   * The result for programs.
   *
   * @param schedule as it stands afterwards
   */
  record Result(String message, ScheduleRow schedule) {}

  @Override
  public final Integer call() {
    try (EngineConnection connection = connect(service)) {
      Schedules schedules = new Schedules(connection);
      find(schedules);
      String message = say(schedules, name);
      output.print(console.output(), new Result(message, find(schedules)), message + "\n");
      return ExitCode.DONE;
    }
  }

  private ScheduleRow find(Schedules schedules) {
    return schedules
        .find(name)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.INVALID,
                    "lockstep made no schedule "
                        + name
                        + " in this namespace; see: lockstep schedules list"));
  }

  static EngineConnection connect(ServiceOptions service) {
    ClientConfigProfile profile = service.required("schedules are asked of a Temporal service");
    return connect(profile);
  }

  /** Connects to a service that keeps schedules. */
  static EngineConnection connect(ClientConfigProfile profile) {
    EngineConnection connection = ServiceOptions.connect(profile);
    if (connection.isEmbedded()) {
      connection.close();
      throw new CommandFailure(
          ExitCode.INVALID,
          connection.address()
              + " is an embedded engine, which keeps no schedules; its clock is: lockstep schedules"
              + " run");
    }
    return connection;
  }
}
