package dev.lockstep.deploy.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command itself, with a state folder and a port of its own. */
final class TestbedCommandRealIT {
  private static final long PATIENCE_MINUTES = 5;
  private static final String NEEDED = "export LOCKSTEP_TESTBED_POSTGRES_BIN='";

  @TempDir private Path folder = Path.of("");
  private Path state = Path.of("");
  private int port;

  @BeforeEach
  void choosePlaces() throws IOException {
    assumeThat(Path.of("/proc/self")).as("the testbed needs Linux").exists();
    // Its PostgreSQL does not run as root, and has to get through to its data.
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    state = folder.resolve("s");
    try (ServerSocket free = listen(0)) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void endWhatATestLeft() throws Exception {
    testbed(0, "down");
  }

  @Test
  void whatWasKilledComesBackWithItsDataAndDownLeavesNothing() throws Exception {
    assertThat(testbed(0, "up", "postgres")).contains("postgres: up in ", "127.0.0.1:" + port);
    String programs =
        testbed(0, "env").lines().filter(it -> it.startsWith(NEEDED)).findFirst().orElseThrow();
    Path psql = Path.of(programs.substring(NEEDED.length(), programs.length() - 1), "psql");
    sql(psql, "CREATE TABLE kept AS SELECT 4711 AS number");
    long process = process();

    testbed(0, "kill", "postgres");
    assertThat(testbed(1, "status")).contains("postgres").contains("dead");
    testbed(0, "up", "postgres");
    assertThat(testbed(0, "status")).contains("healthy");
    assertThat(process()).isNotEqualTo(process);
    assertThat(sql(psql, "SELECT number FROM kept")).contains("4711");

    process = process();
    testbed(0, "down");
    assertThat(Processes.work(process)).isFalse();
    assertThat(state).doesNotExist();
    assertThat(testbed(0, "env")).doesNotContain("POSTGRES");
  }

  @Test
  void secondUpStartsNothing() throws Exception {
    testbed(0, "up", "postgres");
    long process = process();
    testbed(0, "up", "postgres");
    assertThat(process()).isEqualTo(process);
  }

  @Test
  void portOfAStrangerIsNamedAndNothingStaysUp() throws Exception {
    try (ServerSocket stranger = listen(port)) {
      assertThat(testbed(1, "up", "postgres"))
          .contains("port " + stranger.getLocalPort(), "LOCKSTEP_TESTBED_POSTGRES_PORT");
    }
    assertThat(testbed(0, "status")).contains("nothing is up");
    assertThat(testbed(0, "env")).doesNotContain("POSTGRES");
  }

  @Test
  void folderOfSomebodyElseIsLeftAlone() throws Exception {
    Path precious = Files.writeString(Files.createDirectory(state).resolve("precious"), "x");

    assertThat(testbed(1, "up", "postgres")).contains(state + " is not a state folder");
    testbed(0, "down");
    assertThat(precious).exists();
  }

  /** The recorded one; it is alive. */
  private long process() throws IOException {
    long process =
        Long.parseLong(Files.readString(state.resolve("servers/postgres")).split(" ")[0]);
    assertThat(Processes.work(process)).isTrue();
    return process;
  }

  private String sql(Path psql, String statement) throws Exception {
    String url = "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    return run(0, List.of(psql.toString(), "-X", "-d", url, "-c", statement));
  }

  private String testbed(int exit, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(Testbed.command().toString()));
    words.addAll(List.of(arguments));
    return run(exit, words);
  }

  private String run(int exit, List<String> words) throws Exception {
    Path output = Files.createTempFile(folder, "command", ".out");
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "LOCKSTEP_TESTBED", state.toString(),
                "LOCKSTEP_TESTBED_GIVEN", "",
                "LOCKSTEP_TESTBED_POSTGRES_PORT", String.valueOf(port)));
    builder.redirectInput(new File("/dev/null")).redirectOutput(output.toFile());
    Process process = builder.start();
    assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as("%s ends", words).isTrue();
    String said = Files.readString(output);
    assertThat(process.exitValue()).as("%s: %s", words, said).isEqualTo(exit);
    return said;
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
