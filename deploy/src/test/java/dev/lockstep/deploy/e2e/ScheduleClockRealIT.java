package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schedules on the embedded engine: real backups, a stop in order, a kill, and what comes after.
 */
final class ScheduleClockRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String ENDED = " succeeded: ";

  @TempDir private Path folder = Path.of("");

  @Test
  void runsGoOnWithTheNextProcess() throws Exception {
    Path file = write();
    try (Child clock = start(file)) {
      await(clock, ENDED);
      assertThat(clock.output()).contains("schedule often: next at ", "running 1 schedule");
      try (Child second = start(file)) {
        assertThat(second.exit()).isEqualTo(3);
        assertThat(second.output()).contains("another process runs schedules with ");
      }
      clock.terminate();
      assertThat(clock.exit()).as(clock.output()).isZero();
    }
    long first = backups();
    assertThat(first).isPositive();
    assertThat(Files.readString(folder.resolve("state.json"))).contains("\"often\"", "succeeded");

    try (Child clock = start(file)) {
      await(clock, "starting the run of ");
      clock.kill();
    }
    try (Child clock = start(file)) {
      await(clock, ENDED);
      clock.terminate();
      assertThat(clock.exit()).as(clock.output()).isZero();
    }
    assertThat(backups()).isGreaterThan(first);
  }

  @Test
  void whatIsToBeToldIsToldBeforeTheProcessEnds() throws Exception {
    Path file = write();
    Files.writeString(file, StubbornHook.definition(), StandardOpenOption.APPEND);
    try (StubbornHook hook = new StubbornHook();
        Child clock = start(file, hook.environment())) {
      clock.await(PATIENCE, () -> !hook.got().isEmpty());
      clock.terminate();
      assertThat(clock.exit()).as(clock.output()).isZero();

      Set<String> notices = Set.copyOf(hook.got());
      assertThat(notices).anySatisfy(notice -> assertThat(hook.took(notice)).isTrue());
      // A run may end after the process is told to, and its notice is then said to be lost.
      assertThat(notices)
          .filteredOn(notice -> !hook.took(notice))
          .allSatisfy(
              notice ->
                  assertThat(clock.output())
                      .contains(Wire.mapper().readTree(notice).path("id").asText() + " within"));
    }
  }

  private Child start(Path file) throws IOException {
    return start(file, Map.of());
  }

  private Child start(Path file, Map<String, String> environment) throws IOException {
    return Child.lockstep(
        folder,
        environment,
        "schedules",
        "run",
        "-f",
        file.toString(),
        "--state",
        folder.resolve("state.json").toString());
  }

  private static void await(Child clock, String said) {
    clock.await(PATIENCE, () -> clock.output().contains(said));
  }

  private Path write() throws IOException {
    return Files.writeString(
        folder.resolve("often.yaml"),
        new OftenBackup(folder).text(new TokenShop().definition(folder, 1_000, ""))
            + """
            ---
            apiVersion: lockstep.dev/v1
            kind: Schedule
            metadata: {name: often}
            spec: {run: {kind: Backup, name: shop-often}, every: 2s, catchUp: 5m}
            """);
  }

  private long backups() throws IOException {
    return new OftenBackup(folder).count();
  }
}
