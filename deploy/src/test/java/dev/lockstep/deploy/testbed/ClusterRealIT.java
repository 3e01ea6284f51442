package dev.lockstep.deploy.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every other test of the cluster stands on, by the script that people run too. */
final class ClusterRealIT {
  private static final long PATIENCE_MINUTES = 8;

  @TempDir private Path folder = Path.of("");

  @Test
  void replicatesRestoresASnapshotAndRollsWithoutAFailedRequest()
      throws IOException, InterruptedException {
    Testbed testbed = Testbed.read();
    assumeTrue(
        testbed.value("LOCKSTEP_TESTBED_NODE", "kubernetes").equals("real"),
        () ->
            "pods need a real node: "
                + testbed.value("LOCKSTEP_TESTBED_NODE_REASON", "kubernetes"));
    Path said = folder.resolve("smoke.log");
    Process smoke =
        new ProcessBuilder(script().toString())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(said.toFile())
            .start();
    boolean ended = smoke.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      // In order: the script then removes its namespace.
      smoke.destroy();
    }
    String output = Files.readString(said);
    assertThat(ended).as(output).isTrue();
    assertThat(smoke.exitValue()).as(output).isZero();
    assertThat(output)
        .contains("the standby has all rows", "restored with all", "requests, none failed");
  }

  /** Maven starts tests in their module, an editor in the root. */
  private static Path script() {
    Path inModule = Path.of("testbed/kubernetes/smoke");
    return (Files.exists(inModule) ? inModule : Path.of("deploy").resolve(inModule))
        .toAbsolutePath();
  }
}
