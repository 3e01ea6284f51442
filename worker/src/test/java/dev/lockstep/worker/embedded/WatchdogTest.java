package dev.lockstep.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchdogTest {
  @TempDir private Path home = Path.of("");
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    started.forEach(Process::destroyForcibly);
  }

  private Process sleeper() throws IOException {
    Process process = new ProcessBuilder("sleep", "600").start();
    started.add(process);
    return process;
  }

  /** A folder as that of a database server, with a process that stands for the server. */
  private Path folder(Process server) throws IOException {
    Path folder = Files.createDirectories(home.resolve("the folder"));
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("postmaster.pid"), server.pid() + "\n" + data + "\n");
    return folder;
  }

  private static void awaitEnd(Process process) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
  }

  @Test
  void theGuardedTheServerAndTheFolderGoWithThePipe() throws IOException {
    Process guarded = sleeper();
    Process forgotten = sleeper();
    Process server = sleeper();
    Path folder = folder(server);

    try (Watchdog watchdog = Watchdog.over(folder)) {
      watchdog.guard(forgotten.pid());
      watchdog.guard(guarded.pid());
      watchdog.forget(forgotten.pid());
      assertThat(guarded.isAlive()).isTrue();
    }

    awaitEnd(guarded);
    awaitEnd(server);
    assertThat(forgotten.isAlive()).isTrue();
    assertThat(folder).doesNotExist();
  }

  @Test
  void theyGoWhereTheProcessIsKilledToo() throws IOException, InterruptedException {
    Process server = sleeper();
    Path folder = folder(server);
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                folder.toString())
            .start();
    started.add(owner);
    assertThat(owner.inputReader().readLine()).isEqualTo("watched");

    owner.destroyForcibly().waitFor();

    awaitEnd(server);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(folder));
  }

  /** A process with a watchdog, which ends only by a kill. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] arguments) throws IOException {
      Watchdog watchdog = Watchdog.over(Path.of(arguments[0]));
      System.out.println("watched");
      if (System.in.read() < 0) {
        watchdog.close();
      }
    }
  }
}
