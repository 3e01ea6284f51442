package dev.lockstep.activities.kubernetes;

import static dev.lockstep.activities.kubernetes.ExecServer.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.mockwebserver.internal.WebSocketMessage;
import io.temporal.client.ActivityCanceledException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short commands by exec, by their frames: 1 output, 2 errors, 3 the status. */
final class PodCommandTest {
  private static final PodName POD = ExecServer.POD;

  private final ExecServer exec;

  PodCommandTest(@TempDir Path directory) throws IOException {
    exec = new ExecServer(directory);
  }

  @AfterEach
  void close() {
    exec.close();
  }

  private Optional<String> run(Duration limit, Runnable alive, WebSocketMessage... frames) {
    exec.server
        .expect()
        .get()
        .withPath(ExecServer.path("command=sync&command=-f"))
        .andUpgradeToWebSocket()
        .open((Object[]) frames)
        .expect("what nobody says, so that the channel stays open")
        .andEmit("nothing")
        .once()
        .done()
        .always();
    return new PodCommand(new PodPrograms(exec.connection))
        .run(POD, List.of("sync", "-f"), limit, alive);
  }

  @Test
  void statusZeroIsSuccessWhateverWasSaid() {
    assertThat(
            run(
                Duration.ofSeconds(20),
                () -> {},
                frame(1, "x".repeat(100_000)),
                frame(2, "a warning"),
                frame(3, "{\"status\":\"Success\"}")))
        .isEmpty();
  }

  @Test
  void anotherStatusIsToldWithTheLastWords() {
    Optional<String> failed =
        run(
            Duration.ofSeconds(20),
            () -> {},
            frame(2, "first words " + "x".repeat(2000) + " it hurts\n"),
            frame(
                3,
                """
                {"status":"Failure","reason":"NonZeroExitCode",
                 "details":{"causes":[{"reason":"ExitCode","message":"3"}]}}
                """));

    assertThat(failed.orElseThrow())
        .startsWith("it ended with status 3: ")
        .endsWith(" it hurts")
        .doesNotContain("first words")
        .hasSizeLessThan(600);
  }

  @Test
  void whatDoesNotEndIsGivenUp() {
    assertThat(run(Duration.ofSeconds(1), () -> {}, frame(1, "working")))
        .contains("it has not ended within 1s: working");
  }

  @Test
  void theWishToStopEndsTheWait() {
    assertThatThrownBy(
            () ->
                run(
                    Duration.ofSeconds(20),
                    () -> {
                      throw new ActivityCanceledException();
                    },
                    frame(1, "working")))
        .isInstanceOf(ActivityCanceledException.class);
  }
}
