package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration on the embedded engine, and a receiver that fails twice before it takes the notice.
 */
final class NotificationRealIT {
  @TempDir private Path folder = Path.of("");
  private final StubbornHook hook = new StubbornHook();

  NotificationRealIT() throws IOException {}

  @AfterEach
  void stop() {
    hook.close();
  }

  @Test
  void theRunEndsAndTheNoticeArrives() throws Exception {
    try (Child run = run(write())) {
      assertThat(run.exit()).as(run.output()).isZero();
      assertThat(run.output()).doesNotContain("hunter2", "was given up");
    }

    assertThat(hook.got()).hasSize(StubbornHook.TRIES);
    assertThat(hook.got()).containsOnly(hook.got().get(0));
    assertThat(hook.got().get(0))
        .contains("\"event\":\"succeeded\"", "\"text\":\"it is succeeded\"");
  }

  @Test
  void aReceiverThatIsNotThereIsNamedAtTheEnd() throws Exception {
    hook.refuse();

    try (Child run = run(write())) {
      assertThat(run.exit()).as(run.output()).isZero();
      assertThat(run.output())
          .contains(
              "notification ops was given up: the receiver of notification ops answered with HTTP"
                  + " status 404")
          .doesNotContain("hunter2");
    }
  }

  private Child run(Path file) throws IOException {
    return Child.lockstep(folder, hook.environment(), "run", file.toString());
  }

  private Path write() throws IOException {
    return Files.writeString(
        folder.resolve("change.yaml"),
        new TokenShop().definition(folder, 50_000, "") + StubbornHook.definition());
  }
}
