package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RowTallyTest {
  @Test
  void rowsOfABatchAreTheMeanOfThoseSinceTheLastQuestion() {
    RowTally tally = new RowTally("migrate/fill", 1000, 5000, new AtomicLong()::get);
    assertThat(tally.batchRows()).isEmpty();

    tally.add(100);
    tally.add(300);
    assertThat(tally.batchRows()).hasValue(200);
    assertThat(tally.batchRows()).isEmpty();

    tally.add(0);
    assertThat(tally.batchRows()).hasValue(0);
    assertThat(tally.rows()).isEqualTo(1400);
  }
}
