package dev.lockstep.deploy.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultTableTest {
  @Test
  void comparesAllWithTheFirst() {
    Results results = new Results();
    results.add("ours", Map.of(Metric.BACKFILL_RATE, 120_000.0, Metric.RESUMED_SECONDS, 5.0));
    results.add("theirs", Map.of(Metric.BACKFILL_RATE, 40_000.0));
    results.add("ours", Map.of(Metric.BACKFILL_RATE, 110_000.0, Metric.RESUMED_SECONDS, 7.0));
    results.add("theirs", Map.of(Metric.BACKFILL_RATE, 55_000.0));
    assertThat(ResultTable.of(results, Ratio.OF_THE_FIRST).lines().map(this::narrow))
        .containsExactly(
            " median min max first / this",
            "backfill, rows/s ours 115,000 110,000 120,000",
            " theirs 47,500 40,000 55,000 2.50x",
            "SIGKILL to next batch, s ours 6.00 5.00 7.00");
  }

  @Test
  void comparesEachWithTheOneBefore() {
    Results results = new Results();
    results.add("1,000", Map.of(Metric.MICROS_PER_ROW, 8.0));
    results.add("10,000", Map.of(Metric.MICROS_PER_ROW, 10.0));
    results.add("100,000", Map.of(Metric.MICROS_PER_ROW, 11.0));
    assertThat(ResultTable.of(results, Ratio.TO_THE_ONE_BEFORE))
        .contains("1.25x")
        .contains("1.10x");
  }

  @Test
  void whereTheFirstOneHasNoValueNobodyIsComparedWithIt() {
    Results results = new Results();
    results.add("ours", Map.of());
    results.add("theirs", Map.of(Metric.BACKFILL_RATE, 40_000.0));
    results.add("others", Map.of(Metric.BACKFILL_RATE, 55_000.0));
    assertThat(ResultTable.of(results, Ratio.OF_THE_FIRST)).doesNotContain("x\n");
  }

  private String narrow(String line) {
    return line.replaceAll(" +", " ");
  }
}
