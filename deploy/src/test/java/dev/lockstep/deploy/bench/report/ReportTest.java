package dev.lockstep.deploy.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.wire.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportTest {
  @Test
  void programsReadTheSameAsPeople() throws JsonProcessingException {
    JsonNode read = Wire.mapper().readTree(report().json());
    assertThat(read.at("/machine/0").asText()).isEqualTo("2 cores");
    assertThat(read.at("/notes/0").asText()).isEqualTo("reshape left out");
    assertThat(read.at("/metrics/backfill_rate").asText()).isEqualTo("backfill, rows/s");
    assertThat(read.at("/ratio").asText()).isEqualTo("first / this");
    JsonNode theirs = read.at("/results/theirs/backfill_rate");
    assertThat(theirs.at("/median").asDouble()).isEqualTo(45_000);
    assertThat(theirs.at("/min").asDouble()).isEqualTo(40_000);
    assertThat(theirs.at("/rounds").size()).isEqualTo(2);
    assertThat(theirs.at("/ratio").asDouble()).isEqualTo(2.5);
    assertThat(read.at("/results/ours/backfill_rate/ratio").isNumber()).isFalse();
  }

  @Test
  void peopleReadWhoWasLeftOutBeforeTheTable() {
    assertThat(report().text())
        .startsWith("2 cores\nours: version 1\n! reshape left out\n\n")
        .contains("2.50x");
  }

  private static Report report() {
    Results results = new Results();
    results.add("ours", Map.of(Metric.BACKFILL_RATE, 120_000.0));
    results.add("theirs", Map.of(Metric.BACKFILL_RATE, 40_000.0));
    results.add("ours", Map.of(Metric.BACKFILL_RATE, 100_000.0));
    results.add("theirs", Map.of(Metric.BACKFILL_RATE, 50_000.0));
    return new Report(
        List.of("2 cores"),
        Map.of("ours", "version 1"),
        List.of("reshape left out"),
        results,
        Ratio.OF_THE_FIRST);
  }
}
