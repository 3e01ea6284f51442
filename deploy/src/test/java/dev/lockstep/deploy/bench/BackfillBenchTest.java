package dev.lockstep.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.deploy.bench.report.Report;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class BackfillBenchTest {
  @Test
  void measuresEverythingUnlessTold() {
    BackfillBench bench = parse();
    assertThat(bench.rows).isEqualTo(1_000_000);
    assertThat(bench.rounds).isEqualTo(3);
    assertThat(bench.parallelism).containsExactly(1, 2);
    assertThat(bench.batch).isEqualTo(Duration.ofMillis(25));
    assertThat(bench.cases).containsExactly(BackfillBench.Case.values());
    assertThat(bench.database).isEmpty();
  }

  @Test
  void everyOptionIsRead() {
    BackfillBench bench =
        parse(
            "--rows=10",
            "--rounds=1",
            "--parallelism=1,2,4",
            "--batch=20ms",
            "--cases=alone,trigger",
            "--database=jdbc:postgresql://localhost/shop",
            "--output=json");
    assertThat(bench.rows).isEqualTo(10);
    assertThat(bench.rounds).isEqualTo(1);
    assertThat(bench.parallelism).containsExactly(1, 2, 4);
    assertThat(bench.batch).isEqualTo(Duration.ofMillis(20));
    assertThat(bench.cases).containsExactly(BackfillBench.Case.alone, BackfillBench.Case.trigger);
    assertThat(bench.database).hasValue("jdbc:postgresql://localhost/shop");
    assertThat(bench.output).isEqualTo(Report.Form.json);
  }

  @Test
  void aCaseThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> parse("--cases=all"))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("alone");
  }

  private static BackfillBench parse(String... arguments) {
    BackfillBench bench = new BackfillBench();
    new CommandLine(bench).parseArgs(arguments);
    return bench;
  }
}
