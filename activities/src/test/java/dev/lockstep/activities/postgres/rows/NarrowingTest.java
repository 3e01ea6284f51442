package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class NarrowingTest {
  private static Key key(long value) {
    return Key.of(Long.toString(value));
  }

  /** Rows are numbers from 1; those before the bad one are done on the way to it. */
  @Property
  void findsTheBadRowInAboutTheLogarithmOfTheRows(
      @ForAll @IntRange(min = 1, max = 50_000) int rows,
      @ForAll @IntRange(min = 1, max = 50_000) int anyRow) {
    int bad = 1 + anyRow % rows;
    Narrowing narrowing = new Narrowing();
    Interval left = new Interval(Optional.empty(), Optional.of(key(rows)));
    narrowing.failed(key(rows), rows);
    long done = 0;
    int tries = 0;
    boolean found = false;
    while (!found) {
      assertThat(tries++).isLessThan(20);
      long last = Long.parseLong(narrowing.within(left).upTo().orElseThrow().values().get(0));
      long end = Math.min(last, done + narrowing.size());
      found = narrowing.atOneRow() && done + 1 == bad;
      if (!found && end >= bad) {
        narrowing.failed(key(end), narrowing.size());
      } else if (!found) {
        done = end;
        narrowing.done(key(end));
        assertThat(narrowing.active()).isTrue();
      }
    }
    assertThat(done).isEqualTo(bad - 1L);
  }
}
