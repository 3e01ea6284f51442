package dev.lockstep.worker.schedules;

import dev.lockstep.definitions.clock.Blackouts;
import dev.lockstep.definitions.clock.Cron;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.yaml.DefinitionWriter;
import dev.lockstep.workflows.api.RunControls;
import dev.lockstep.workflows.api.ScheduledRequest;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import java.util.ArrayList;
import java.util.List;

/** A schedule's definition as Temporal takes it. */
final class TemporalForm {
  /** Raised with every change of this form, so that schedules of earlier versions are updated. */
  private static final String FORM = "1";

  private static final String WORKFLOW = "Scheduled";
  private static final String PREFIX = "schedule/";

  private TemporalForm() {}

  /** Of the schedule and, with a time behind it, of what it starts. */
  static String id(String name) {
    return PREFIX + name;
  }

  /** The name in such an id. */
  static String name(String id) {
    return id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
  }

  /** Differs where the definition does. */
  static String digest(Schedule schedule) {
    return Wire.hash(List.of(FORM, DefinitionWriter.toJson(schedule)));
  }

  /** What each start of it gets. */
  static ScheduledRequest request(Schedule schedule) {
    return new ScheduledRequest(
        schedule.run().kind().title(),
        schedule.run().name(),
        schedule.overlap() == Schedule.Overlap.ALLOW_ALL,
        new ScheduledRequest.Origin(schedule.name(), digest(schedule), schedule.paused(), 0, 0));
  }

  /**
   * The whole.
   *
   * @param state whether it is paused, and why
   */
  static io.temporal.client.schedules.Schedule of(
      Schedule schedule, ScheduledRequest request, ScheduleState state) {
    return io.temporal.client.schedules.Schedule.newBuilder()
        .setAction(action(request))
        .setSpec(spec(schedule))
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(overlap(schedule.overlap()))
                .setCatchupWindow(schedule.catchUp())
                .build())
        .setState(state)
        .build();
  }

  static ScheduleActionStartWorkflow action(ScheduledRequest request) {
    return ScheduleActionStartWorkflow.newBuilder()
        .setWorkflowType(WORKFLOW)
        .setArguments(request)
        .setOptions(
            WorkflowOptions.newBuilder()
                .setWorkflowId(id(request.origin().schedule()))
                .setTaskQueue(RunControls.TASK_QUEUE)
                .build())
        .build();
  }

  private static ScheduleSpec spec(Schedule schedule) {
    ScheduleSpec.Builder spec =
        ScheduleSpec.newBuilder()
            .setTimeZoneName(schedule.timeZone())
            .setSkip(CalendarTable.of(Blackouts.of(schedule)));
    if (!schedule.jitter().isZero()) {
      spec.setJitter(schedule.jitter());
    }
    return schedule.timing().accept(new Times(spec));
  }

  private static ScheduleOverlapPolicy overlap(Schedule.Overlap overlap) {
    return switch (overlap) {
      case SKIP -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP;
      case BUFFER_ONE -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE;
      case CANCEL_OTHER -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER;
      case ALLOW_ALL -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL;
    };
  }

  private record Times(ScheduleSpec.Builder spec) implements Schedule.TimingVisitor<ScheduleSpec> {
    @Override
    public ScheduleSpec cron(Schedule.Cron cron) {
      Cron read = Cron.read(cron.expression(), new ArrayList<>());
      return spec.setCalendars(CalendarTable.of(read)).build();
    }

    @Override
    public ScheduleSpec every(Schedule.Every every) {
      return spec.setIntervals(List.of(new ScheduleIntervalSpec(every.interval()))).build();
    }
  }
}
