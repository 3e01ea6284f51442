package dev.lockstep.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryReportTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aborted",
        "approved",
        "backup",
        "backup-failed-discarded",
        "cancelled",
        "continued",
        "continued-at-gate",
        "drill-failed",
        "drill-too-slow",
        "failure-undone",
        "held-and-retried",
        "paused-and-tuned",
        "real-started-in-ui",
        "real-waited-for-a-lock",
        "restore",
        "restore-switched-back",
        "rows-drifted-undone",
        "success",
        "tables-aborted",
        "tables-continued",
        "tables-held-and-retried",
        "tables-together",
        "trial-failed-and-continued",
        "verified-again-then-approved"
      })
  void everyStoredHistoryIsTold(String name) {
    RunReport report = Told.of("migration/x", name);

    assertThat(report.run().state()).isNotEmpty();
    assertThat(report.run().ended()).isPresent();
    assertThat(report.run().key()).isPresent();
    assertThat(report.course().steps()).isNotEmpty();
    assertThat(RunPage.of(report).sections()).isNotEmpty();
  }

  @Test
  void aDecisionIsToldWithWhoWhyAndWhatCameOfIt() {
    List<Course.Decision> said = Told.decisions().course().decisions();

    assertThat(said).extracting(Course.Decision::what).containsExactly("tune", "pause", "resume");
    assertThat(said.get(0).details()).containsEntry("batchDuration", "10ms");
    assertThat(said.get(1).comment()).contains("peak hour");
    assertThat(said).allMatch(decision -> decision.answer().isPresent());
    assertThat(said).extracting(Course.Decision::identity).containsOnly("test");
  }

  @Test
  void attemptsOfALockThatWasNotThereAreCounted() {
    assertThat(Told.lock().course().faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo(FaultCode.LOCK_NOT_ACQUIRED);
              assertThat(fault.attempts()).isEqualTo(8);
              assertThat(fault.step()).isEqualTo("finish/customers-drop");
            });
  }

  @Test
  void aRollbackIsToldStepByStep() {
    List<Course.Step> steps = Told.rollback().course().steps();

    assertThat(steps).extracting(Course.Step::state).contains(StepState.UNDONE, StepState.FAILED);
    assertThat(steps)
        .filteredOn(step -> step.state() == StepState.UNDONE && step.work().size() > 1)
        .isNotEmpty()
        .allMatch(step -> step.work().get(1).kind() == Course.Work.Kind.UNDO);
  }

  @Test
  void aRunWithoutAResultIsToldFromItsCalls() {
    List<HistoryEvent> all = Told.histories("success").get(0);
    List<HistoryEvent> begun =
        all.subList(
            0,
            all.stream()
                    .filter(
                        event ->
                            event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                    .skip(4)
                    .map(all::indexOf)
                    .findFirst()
                    .orElseThrow()
                + 1);

    RunReport report = HistoryReport.of("migration/x", List.of(begun));

    assertThat(report.run().state()).isEqualTo("RUNNING");
    assertThat(report.run().ended()).isEmpty();
    assertThat(report.course().steps())
        .extracting(Course.Step::state)
        .startsWith(StepState.DONE, StepState.DONE, StepState.DONE, StepState.RUNNING)
        .endsWith(StepState.PENDING);
    assertThat(report.unknown()).anyMatch(line -> line.contains("given no result"));
  }

  @Test
  void connectionsAndCredentialsAreNotTold() throws Exception {
    for (String name : Told.names().toList()) {
      JsonNode json = Wire.tree(Told.named(name));
      assertThat(json.toString()).doesNotContain("jdbc:", "credentials", "password", "5432");
    }
  }

  @Test
  void reasonsThatDifferInNumbersAreOneWaitThatEndsWhenTheyGo() {
    WaitReader waits = new WaitReader();
    waits.take(progress("replica one is 6000 ms behind, limit 5000 ms"), NOON);
    waits.take(progress("replica one is 7000 ms behind, limit 5000 ms"), NOON.plusSeconds(1));
    waits.take(progress(), NOON.plusSeconds(3));
    waits.take(progress("replica one is 8000 ms behind, limit 5000 ms"), NOON.plusSeconds(5));

    assertThat(waits.all(List.of()))
        .containsExactly(
            new Course.Wait(
                "migrate/x",
                "replica one is 7000 ms behind, limit 5000 ms",
                NOON,
                Optional.of(NOON.plusSeconds(3))),
            new Course.Wait(
                "migrate/x",
                "replica one is 8000 ms behind, limit 5000 ms",
                NOON.plusSeconds(5),
                Optional.empty()));
  }

  @Test
  void lagAndCommitLatencyAreReadFromTheirReasons() {
    MeasureReader measures = new MeasureReader();
    measures.take(
        progress(
            "replica one is 6000 ms behind, limit 5000 ms",
            "a commit takes 40 ms, limit 20 ms",
            "9 sessions are active, limit 4"),
        NOON);

    List<Course.Measure> all = new ArrayList<>(measures.all());
    assertThat(all)
        .containsExactly(
            new Course.Measure("lag of replica one", List.of(new Course.Reading(NOON, 6000))),
            new Course.Measure("commit latency", List.of(new Course.Reading(NOON, 40))));
  }

  @Test
  void whatIsMeasuredAllTheTimeCountsMoreThanReasons() {
    MeasureReader measures = new MeasureReader();
    measures.take(
        progress("a commit takes 40 ms, limit 20 ms")
            .with(new TreeMap<>(Map.of("commit latency", 41L, Progress.BATCH_ROWS, 5000L))),
        NOON);
    measures.take(progress().with(new TreeMap<>(Map.of("commit latency", 2L))), NOON);

    assertThat(measures.all())
        .containsExactlyInAnyOrder(
            new Course.Measure(
                "commit latency",
                List.of(new Course.Reading(NOON, 41), new Course.Reading(NOON, 2))),
            new Course.Measure(Progress.BATCH_ROWS, List.of(new Course.Reading(NOON, 5000))));
  }

  private static Progress progress(String... reasons) {
    return new Progress("migrate/x", 1, 2, 1, Optional.empty(), List.of(reasons));
  }
}
