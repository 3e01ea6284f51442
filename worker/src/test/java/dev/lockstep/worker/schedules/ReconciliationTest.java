package dev.lockstep.worker.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.worker.schedules.ScheduleChange.Action;
import dev.lockstep.workflows.api.ScheduledRequest;
import dev.lockstep.workflows.wire.LockstepDataConverter;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleInfo;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.common.SearchAttributes;
import io.temporal.common.converter.DataConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReconciliationTest {
  private static final DataConverter CONVERTER = LockstepDataConverter.create();
  private static final Schedule HOURLY = Sketch.every(Duration.ofHours(1)).schedule();
  private static final Schedule DAILY = Sketch.every(Duration.ofDays(1)).schedule();
  private static final Schedule PAUSED =
      Sketch.every(Duration.ofHours(1)).paused("month end").schedule();
  private static final ScheduleState RUNNING = ScheduleState.newBuilder().setNote("").build();
  private static final ScheduleState BY_ANN =
      ScheduleState.newBuilder().setPaused(true).setNote("ann is looking").build();

  @Test
  void whatIsNotThereIsMade() {
    assertThat(decide(HOURLY, Optional.empty())).isEqualTo(Action.CREATE);
  }

  @Test
  void whatIsTheSameStays() {
    assertThat(decide(HOURLY, Optional.of(made(HOURLY, RUNNING)))).isEqualTo(Action.KEEP);
    assertThat(decide(HOURLY, Optional.of(made(HOURLY, BY_ANN)))).isEqualTo(Action.KEEP);
  }

  @Test
  void whatIsAnotherIsChanged() {
    assertThat(decide(DAILY, Optional.of(made(HOURLY, RUNNING)))).isEqualTo(Action.UPDATE);
  }

  @Test
  void whatSomebodyElseMadeIsAConflict() {
    OwnedSchedule foreign = described(HOURLY, RUNNING, Map.of());
    OwnedSchedule other = described(HOURLY, RUNNING, Map.of(OwnedSchedule.MEMO, memo("ann")));

    assertThat(decide(HOURLY, Optional.of(foreign))).isEqualTo(Action.CONFLICT);
    assertThat(decide(HOURLY, Optional.of(other))).isEqualTo(Action.CONFLICT);
  }

  @Test
  void aPauseOfTheDefinitionIsMadeAgain() {
    ScheduleState resumed = ScheduleState.newBuilder().setNote("go").build();

    assertThat(decide(PAUSED, Optional.of(made(PAUSED, resumed)))).isEqualTo(Action.UPDATE);
    ScheduleState state = Reconciliation.state(PAUSED, made(PAUSED, resumed));
    assertThat(state.isPaused()).isTrue();
    assertThat(state.getNote()).isEqualTo("month end");
  }

  @Test
  void aPauseOfAPersonOutlivesAChange() {
    assertThat(Reconciliation.state(DAILY, made(HOURLY, BY_ANN))).isEqualTo(BY_ANN);
  }

  @Test
  void aPauseOfTheDefinitionEndsWithIt() {
    ScheduleState state = Reconciliation.state(HOURLY, made(PAUSED, BY_ANN));

    assertThat(state.isPaused()).isFalse();
  }

  @Test
  void theDigestIsThatOfTheWholeDefinition() {
    assertThat(TemporalForm.digest(HOURLY))
        .isEqualTo(TemporalForm.digest(Sketch.every(Duration.ofHours(1)).schedule()))
        .isNotEqualTo(TemporalForm.digest(DAILY))
        .isNotEqualTo(TemporalForm.digest(PAUSED));
  }

  @Test
  void eachStartGetsTheKindAndTheName() {
    ScheduledRequest request = made(HOURLY, RUNNING).request().orElseThrow();

    assertThat(request.kind()).isEqualTo("Backup");
    assertThat(request.name()).isEqualTo("shop");
    assertThat(request.apart()).isFalse();
    assertThat(request.origin().schedule()).isEqualTo("nightly");
    assertThat(
            TemporalForm.request(
                    Sketch.cron("0 2 * * *").overlap(Schedule.Overlap.ALLOW_ALL).schedule())
                .apart())
        .isTrue();
  }

  private static Action decide(Schedule schedule, Optional<OwnedSchedule> there) {
    return Reconciliation.decide(schedule, there).action();
  }

  private static OwnedSchedule made(Schedule schedule, ScheduleState state) {
    return described(schedule, state, Map.of(OwnedSchedule.MEMO, memo(OwnedSchedule.OWNER)));
  }

  private static Payload memo(String text) {
    return CONVERTER.toPayload(text).orElseThrow();
  }

  private static OwnedSchedule described(
      Schedule schedule, ScheduleState state, Map<String, Payload> memo) {
    return OwnedSchedule.of(
        new ScheduleDescription(
            TemporalForm.id(schedule.name()),
            new ScheduleInfo(
                0, 0, 0, List.of(), List.of(), List.of(), Instant.EPOCH, Instant.EPOCH),
            TemporalForm.of(schedule, TemporalForm.request(schedule), state),
            Map.of(),
            SearchAttributes.EMPTY,
            memo,
            CONVERTER));
  }
}
