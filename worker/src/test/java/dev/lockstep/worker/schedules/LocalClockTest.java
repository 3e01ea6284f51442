package dev.lockstep.worker.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.model.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalClockTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  private static final List<Schedule> TEN =
      List.of(Sketch.every(Duration.ofMinutes(10)).schedule());

  @TempDir private Path folder = Path.of("");

  private final List<FakeRun> runs = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void startsAndTellsTheEnd() throws IOException {
    try (LocalClock clock = open(NOON)) {
      clock.look(NOON.plusSeconds(599));
      assertThat(runs).isEmpty();
      clock.look(NOON.plusSeconds(600));
      assertThat(runs).hasSize(1);
      runs.get(0).end = Optional.of("succeeded");
      clock.look(NOON.plusSeconds(700));
    }

    assertThat(told)
        .containsExactly(
            "schedule nightly: starting the run of 2026-11-27T12:10:00Z",
            "schedule nightly: the run of 2026-11-27T12:10:00Z succeeded");
    assertThat(Files.readString(state())).contains("succeeded");
  }

  @Test
  void catchesUpAfterItWasDown() throws IOException {
    open(NOON).close();

    try (LocalClock clock = open(NOON.plus(Duration.ofMinutes(25)))) {
      clock.look(NOON.plus(Duration.ofMinutes(25)));
    }

    assertThat(runs).extracting(run -> run.due).containsExactly(NOON.plusSeconds(600));
    assertThat(told).contains("schedule nightly: 1 skipped, the run before is still under way");
  }

  @Test
  void aRunThatWasCutOffIsStartedAgain() throws IOException {
    try (LocalClock clock = open(NOON)) {
      clock.look(NOON.plusSeconds(600));
    }
    try (LocalClock clock = open(NOON.plusSeconds(630))) {
      clock.look(NOON.plusSeconds(630));
    }

    assertThat(runs)
        .extracting(run -> run.due)
        .containsExactly(NOON.plusSeconds(600), NOON.plusSeconds(600));
  }

  @Test
  void whatIsToBeStartedStandsInTheFileBefore() throws IOException {
    RunStarts failing =
        (schedule, due) -> {
          throw new IllegalStateException("the process dies here");
        };
    try (LocalClock clock = LocalClock.open(state(), failing, told::add)) {
      clock.take(TEN, NOON);
      assertThatThrownBy(() -> clock.look(NOON.plusSeconds(600)))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(Files.readString(state())).contains("\"running\" : [ \"2026-11-27T12:10:00Z\" ]");
  }

  @Test
  void aSecondProcessIsKeptAway() throws IOException {
    try (LocalClock clock = open(NOON)) {
      assertThat(clock.next()).containsEntry("nightly", NOON.plusSeconds(600));
      assertThatThrownBy(() -> open(NOON))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process runs schedules with " + state());
    }
    open(NOON).close();
  }

  @Test
  void aFileThatIsNoStateIsNotOverwritten() throws IOException {
    Files.writeString(state(), "{\"nightly\": 1}");

    assertThatThrownBy(() -> open(NOON)).hasMessageContaining("is not a state of schedules");
    assertThat(Files.readString(state())).isEqualTo("{\"nightly\": 1}");
  }

  private Path state() {
    return folder.resolve("state.json");
  }

  private LocalClock open(Instant now) throws IOException {
    LocalClock clock = LocalClock.open(state(), this::start, told::add);
    clock.take(TEN, now);
    return clock;
  }

  private RunStarts.Started start(Schedule schedule, Instant due) {
    FakeRun run = new FakeRun(due);
    runs.add(run);
    return run;
  }

  private static final class FakeRun implements RunStarts.Started {
    private final Instant due;
    private Optional<String> end = Optional.empty();

    FakeRun(Instant due) {
      this.due = due;
    }

    @Override
    public Optional<String> ended() {
      return end;
    }

    @Override
    public void cancel() {
      end = Optional.of("cancelled");
    }
  }
}
