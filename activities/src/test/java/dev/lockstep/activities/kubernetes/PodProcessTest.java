package dev.lockstep.activities.kubernetes;

import static dev.lockstep.activities.kubernetes.ExecServer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.internal.WebSocketMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What exec's channels say, by their frames: 1 output, 2 errors, 3 the status. */
final class PodProcessTest {
  private static final PodName POD = ExecServer.POD;
  private static final String PATH = ExecServer.path("command=pg_dump");

  private final ExecServer exec;

  PodProcessTest(@TempDir Path directory) throws IOException {
    exec = new ExecServer(directory);
  }

  @AfterEach
  void close() {
    exec.close();
  }

  private Process process(WebSocketMessage... frames) {
    exec.server
        .expect()
        .get()
        .withPath(PATH)
        .andUpgradeToWebSocket()
        .open((Object[]) frames)
        .done()
        .always();
    return new PodPrograms(exec.connection).start(POD, List.of("pg_dump"));
  }

  @Test
  void outputErrorsAndStatusComeApart() throws Exception {
    Process process =
        process(
            frame(1, "rows"),
            frame(2, "it hurts"),
            frame(1, " and rows"),
            frame(3, "{\"status\":\"Success\"}"));

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(process.isAlive()).isFalse();
    assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("rows and rows");
    assertThat(process.getErrorStream().readAllBytes()).asString().isEqualTo("it hurts");
  }

  @Test
  void anotherStatusIsToldToo() throws Exception {
    Process process =
        process(
            frame(
                3,
                """
                {"status":"Failure","reason":"NonZeroExitCode",
                 "details":{"causes":[{"reason":"ExitCode","message":"3"}]}}
                """));

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
  }

  @Test
  void aChannelThatIsCutHasNoStatus() throws Exception {
    Process process = process(frame(1, "rows"));

    process.destroyForcibly();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(-1);
  }
}
