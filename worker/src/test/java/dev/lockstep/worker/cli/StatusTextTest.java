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
  void severalTablesAtATimeAreAllShown() {
    assertThat(StatusText.line(Statuses.together(400)))
        .isEqualTo(
            "full-name/1: running, phase migrate, migrate/customers-backfill 40% (400 of 1,000),"
                + " migrate/orders-backfill 20% (800 of 4,000)");
  }

  @Test
  void moreThanTheEstimateIsNotMoreThanAll() {
    assertThat(StatusText.line(Statuses.backfilling(1100))).contains(" 100% (1,100 of 1,000");
  }

  @Test
  void aVerificationThatIsRepeatedAtAGateIsSeen() {
    assertThat(StatusText.line(Statuses.verifyingAgain(1_500_000)))
        .isEqualTo(
            "full-name/1: waiting, phase gate, gate/approve-contract, verifying again 50%"
                + " (1,500,000 of 3,000,000); waiting for nobody has approved gate contract");
    assertThat(StatusText.full(Statuses.verifyingAgain(0)).lines())
        .contains(
            "rows: verified again at 2026-11-26T12:00:00Z, 3,000,000 rows, 0 mismatches; next at"
                + " 2026-11-26T12:15:00Z; being verified again (verify/rows): 0 of about 3,000,000"
                + " rows");
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
