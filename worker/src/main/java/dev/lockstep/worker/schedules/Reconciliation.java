package dev.lockstep.worker.schedules;

import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.schedules.ScheduleChange.Action;
import dev.lockstep.workflows.api.ScheduledRequest;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the schedules of a service those of the definitions.
 *
 * <ol>
 *   <li>One that is not there is made, with a memo that says whose it is.
 *   <li>One with that memo whose starts carry another digest of the definition is updated. A pause
 *       stays, unless it was the definition that paused it.
 *   <li>One whose definition says paused is paused again.
 *   <li>One without the memo is a conflict and is not touched.
 *   <li>Where asked for, those with the memo that no definition is left of are deleted.
 * </ol>
 *
 * Several workers may do so at a time: each update looks again at what is there.
 */
public final class Reconciliation {
  private final ScheduleService service;

  /** For the service of this connection. */
  public Reconciliation(EngineConnection connection) {
    this.service = new ScheduleService(connection);
  }

  /**
   * What there is to do, in the order of the definitions.
   *
   * @param whole whether these are all there are, so that others are to be deleted
   */
  public List<ScheduleChange> plan(List<Schedule> wanted, boolean whole) {
    List<ScheduleChange> changes = new ArrayList<>();
    wanted.forEach(schedule -> changes.add(decide(schedule, service.find(schedule.name()))));
    if (whole) {
      List<String> kept = wanted.stream().map(Schedule::name).toList();
      service.names().stream()
          .filter(name -> !kept.contains(name))
          .map(name -> new ScheduleChange(name, Action.DELETE, "no definition is left of it"))
          .forEach(changes::add);
    }
    return changes;
  }

  /** Does it; the answer is what was done. */
  public List<ScheduleChange> apply(List<Schedule> wanted, boolean whole) {
    List<ScheduleChange> done = new ArrayList<>();
    for (ScheduleChange change : plan(wanted, whole)) {
      Optional<Schedule> schedule =
          wanted.stream().filter(it -> it.name().equals(change.schedule())).findFirst();
      done.add(ScheduleService.asked(() -> apply(change, schedule)));
    }
    return done;
  }

  static ScheduleChange decide(Schedule schedule, Optional<OwnedSchedule> there) {
    String name = schedule.name();
    if (there.isEmpty()) {
      return new ScheduleChange(name, Action.CREATE, "it is not there");
    }
    OwnedSchedule found = there.get();
    if (!found.owned()) {
      return new ScheduleChange(
          name,
          Action.CONFLICT,
          "the schedule "
              + TemporalForm.id(name)
              + " was not made by lockstep and is left alone; give the definition another name, or"
              + " delete that schedule");
    }
    if (schedule.paused() && !found.isPaused()) {
      return new ScheduleChange(name, Action.UPDATE, "its definition says paused");
    }
    String digest = found.origin().map(ScheduledRequest.Origin::digest).orElse("");
    return digest.equals(TemporalForm.digest(schedule))
        ? new ScheduleChange(name, Action.KEEP, "it is the same")
        : new ScheduleChange(name, Action.UPDATE, "its definition was changed");
  }

  private ScheduleChange apply(ScheduleChange change, Optional<Schedule> schedule) {
    switch (change.action()) {
      case CREATE -> {
        return create(change, schedule.orElseThrow());
      }
      case UPDATE -> update(schedule.orElseThrow());
      case DELETE -> service.handle(change.schedule()).delete();
      case KEEP, CONFLICT -> {}
    }
    return change;
  }

  private ScheduleChange create(ScheduleChange change, Schedule schedule) {
    try {
      service
          .client()
          .createSchedule(
              TemporalForm.id(schedule.name()),
              TemporalForm.of(schedule, TemporalForm.request(schedule), fresh(schedule)),
              ScheduleOptions.newBuilder()
                  .setMemo(Map.of(OwnedSchedule.MEMO, OwnedSchedule.OWNER))
                  .build());
      return change;
    } catch (ScheduleAlreadyRunningException e) {
      // Another worker was first; it may have had another definition.
      ScheduleChange now = decide(schedule, service.find(schedule.name()));
      return now.action() == Action.CREATE ? change : apply(now, Optional.of(schedule));
    }
  }

  private void update(Schedule schedule) {
    service
        .handle(schedule.name())
        .update(
            input -> {
              OwnedSchedule found = OwnedSchedule.of(input.getDescription());
              return decide(schedule, Optional.of(found)).action() == Action.UPDATE
                  ? new ScheduleUpdate(next(schedule, found))
                  : null;
            });
  }

  private static io.temporal.client.schedules.Schedule next(
      Schedule schedule, OwnedSchedule found) {
    ScheduledRequest request = TemporalForm.request(schedule);
    ScheduledRequest.Origin known =
        found
            .origin()
            .map(it -> request.origin().knowing(it.knownMissed(), it.knownSkipped()))
            .orElse(request.origin());
    return TemporalForm.of(schedule, request.of(known), state(schedule, found));
  }

  /** A pause that a person made outlives a change of the definition. */
  static ScheduleState state(Schedule schedule, OwnedSchedule found) {
    boolean byDefinition = found.origin().filter(ScheduledRequest.Origin::paused).isPresent();
    return schedule.paused() || byDefinition ? fresh(schedule) : found.state();
  }

  private static ScheduleState fresh(Schedule schedule) {
    return ScheduleState.newBuilder()
        .setPaused(schedule.paused())
        .setNote(schedule.paused() ? schedule.note().orElse("paused by its definition") : "")
        .build();
  }
}
