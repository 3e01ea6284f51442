package dev.lockstep.worker.schedules;

import dev.lockstep.worker.engine.EngineConnection;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The schedules of one namespace. */
final class ScheduleService {
  private final ScheduleClient client;

  ScheduleService(EngineConnection connection) {
    WorkflowClientOptions options = connection.client().getOptions();
    this.client =
        ScheduleClient.newInstance(
            connection.client().getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(options.getNamespace())
                .setDataConverter(options.getDataConverter())
                .setIdentity(options.getIdentity())
                .build());
  }

  ScheduleClient client() {
    return client;
  }

  ScheduleHandle handle(String name) {
    return client.getHandle(TemporalForm.id(name));
  }

  /** The schedule of that name, whoever made it. */
  Optional<OwnedSchedule> find(String name) {
    try {
      return Optional.of(OwnedSchedule.of(asked(() -> handle(name).describe())));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Names of all that Lockstep made, in their order. The service knows of a change after a moment.
   */
  List<String> names() {
    List<String> candidates =
        asked(
            () ->
                client
                    .listSchedules()
                    .map(schedule -> schedule.getScheduleId())
                    .filter(id -> !TemporalForm.name(id).equals(id))
                    .map(TemporalForm::name)
                    .sorted()
                    .toList());
    return candidates.stream()
        .filter(name -> find(name).filter(OwnedSchedule::owned).isPresent())
        .toList();
  }

  /** The SDK wraps what the service said. */
  static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (ScheduleException e) {
      if (e.getCause() instanceof StatusRuntimeException said) {
        throw said;
      }
      throw e;
    }
  }
}
