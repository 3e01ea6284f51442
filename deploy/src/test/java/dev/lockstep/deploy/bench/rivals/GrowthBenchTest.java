package dev.lockstep.deploy.bench.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class GrowthBenchTest {
  @Test
  void everyOptionIsRead() {
    GrowthBench bench = new GrowthBench();
    new CommandLine(bench).parseArgs("--rows=10,20", "--rounds=2", "--heap=128m");
    assertThat(bench.rows).containsExactly(10, 20);
    assertThat(bench.rounds).isEqualTo(2);
    assertThat(bench.heap).isEqualTo("128m");
  }

  @Test
  void aHeapThatNoJvmReadsIsRefused() {
    StringWriter said = new StringWriter();
    int code =
        new CommandLine(new GrowthBench()).setErr(new PrintWriter(said)).execute("--heap=256MiB");
    assertThat(code).isEqualTo(2);
    assertThat(said.toString()).contains("--heap '256MiB' is not a size such as 256m");
  }
}
