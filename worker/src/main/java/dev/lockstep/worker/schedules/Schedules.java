package dev.lockstep.worker.schedules;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.workflows.api.ScheduledRequest;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleBackfill;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleInfo;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The schedules of a service that Lockstep made, for people. */
public final class Schedules {
  private final ScheduleService service;
  private final StartedRuns runs;

  /** Those of the namespace of this connection. */
  public Schedules(EngineConnection connection) {
    this.service = new ScheduleService(connection);
    this.runs = new StartedRuns(connection.client());
  }

  /** All of them, in the order of their names. */
  public List<ScheduleRow> list() {
    return service.names().stream()
        .flatMap(name -> service.find(name).stream().map(found -> row(name, found)))
        .toList();
  }

  /** One of them; empty where Lockstep made none of this name. */
  public Optional<ScheduleRow> find(String name) {
    return service.find(name).filter(OwnedSchedule::owned).map(found -> row(name, found));
  }

  private ScheduleRow row(String name, OwnedSchedule found) {
    ScheduleInfo info = found.description().getInfo();
    Optional<ScheduledRequest.Origin> origin = found.origin();
    boolean paused = found.isPaused();
    return new ScheduleRow(
        name,
        found.request().map(ScheduledRequest::run).orElse("unknown"),
        paused,
        Optional.of(found.state().getNote()).filter(note -> paused && !note.isEmpty()),
        paused ? List.of() : info.getNextActionTimes().stream().limit(3).toList(),
        runs.newest(info.getRecentActions()),
        info.getRunningActions().size(),
        info.getNumActions(),
        info.getNumActionsMissedCatchupWindow()
            - origin.map(ScheduledRequest.Origin::knownMissed).orElse(0L),
        info.getNumActionsSkippedOverlap()
            - origin.map(ScheduledRequest.Origin::knownSkipped).orElse(0L));
  }

  /** Whether the definition, as the service got it, says paused: then it will be so again. */
  public boolean isPausedByDefinition(String name) {
    return service
        .find(name)
        .flatMap(OwnedSchedule::origin)
        .filter(ScheduledRequest.Origin::paused)
        .isPresent();
  }

  /** No run starts until {@link #resume}. */
  public void pause(String name, String note) {
    done(() -> service.handle(name).pause(note));
  }

  /** Runs start again. */
  public void resume(String name, String note) {
    done(() -> service.handle(name).unpause(note));
  }

  /** Starts a run now, unless its overlap forbids it. */
  public void trigger(String name) {
    done(() -> service.handle(name).trigger());
  }

  /** Starts the runs of all times between, one after the other. */
  public void backfill(String name, Instant from, Instant to) {
    ScheduleBackfill times =
        new ScheduleBackfill(from, to, ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL);
    done(() -> service.handle(name).backfill(List.of(times)));
  }

  /** What was missed or skipped until now is no warning any more. */
  public void acknowledge(String name) {
    ScheduleHandle handle = service.handle(name);
    done(
        () ->
            handle.update(
                input -> {
                  OwnedSchedule found = OwnedSchedule.of(input.getDescription());
                  return found.request().map(it -> known(found, it)).orElse(null);
                }));
  }

  private static ScheduleUpdate known(OwnedSchedule found, ScheduledRequest request) {
    ScheduleInfo info = found.description().getInfo();
    ScheduledRequest.Origin known =
        request
            .origin()
            .knowing(info.getNumActionsMissedCatchupWindow(), info.getNumActionsSkippedOverlap());
    return new ScheduleUpdate(
        Schedule.newBuilder(found.description().getSchedule())
            .setAction(TemporalForm.action(request.of(known)))
            .build());
  }

  private static void done(Runnable act) {
    ScheduleService.asked(
        () -> {
          act.run();
          return true;
        });
  }
}
