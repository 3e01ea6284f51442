package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatusTextTest {
  @Test
  void oneLineSaysWhereHowFarAndWhatFor() {
    assertThat(StatusText.line(Statuses.backfilling(400, "replica lag is 9s, the limit 5s")))
        .isEqualTo(
            "full-name/1: running, phase migrate, migrate/customers-backfill 40% (400 of 1,000,"
                + " 250/s, 3.0s left); waiting for replica lag is 9s, the limit 5s");
  }

  @Test
  void moreThanTheEstimateIsNotMoreThanAll() {
    assertThat(StatusText.line(Statuses.backfilling(1100))).contains(" 100% (1,100 of 1,000");
  }

  @Test
  void everythingOfAHeldRun() {
    assertThat(StatusText.full(Statuses.held()).lines())
        .containsExactly(
            "full-name/1: held, phase migrate, migrate/customers-backfill",
            "  failed       migrate   Fill customers.full_name",
            "you can say: retry",
            "you can say: abort",
            "hazard: warning NO_KEY: customers has no key",
            "fault: ROW_REFUSED: row 7: division by zero");
  }
}
