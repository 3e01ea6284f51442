package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.ledger.RangeRecord;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RangeBoundsTest {
  private static Key key(int value) {
    return Key.of(Integer.toString(value));
  }

  private static void assertChain(List<RangeRecord> ranges, Key top) {
    Optional<String> low = Optional.empty();
    for (int at = 0; at < ranges.size(); at++) {
      assertThat(ranges.get(at).number()).isEqualTo(at);
      assertThat(ranges.get(at).low()).isEqualTo(low);
      assertThat(ranges.get(at).high()).isPresent().isNotEqualTo(low);
      low = ranges.get(at).high();
    }
    assertThat(low).contains(top.text());
  }

  @Property
  void rangesFollowEachOtherUpToTheTop(
      @ForAll @Size(max = 50) List<@IntRange(max = 999) Integer> some) {
    SortedSet<Integer> bounds = new TreeSet<>(some);
    Key top = key(bounds.isEmpty() ? 5 : bounds.last());

    assertChain(RangeBounds.between(bounds.stream().map(RangeBoundsTest::key).toList(), top), top);
    assertChain(
        RangeBounds.between(bounds.stream().map(RangeBoundsTest::key).toList(), key(1000)),
        key(1000));
  }

  @Property
  void pagesAreSharedOutEvenly(
      @ForAll @LongRange(min = 1, max = 4_294_967_295L) long pages,
      @ForAll @IntRange(min = 1, max = 64) int wanted) {
    List<RangeRecord> ranges = RangeBounds.ofPages(pages, wanted);

    assertChain(ranges, Places.before(pages));
    assertThat(ranges).hasSize((int) Math.min(pages, wanted));
    for (RangeRecord range : ranges) {
      long low = range.low().map(Key::parse).map(Places::page).orElse(0L);
      long size = Places.page(range.high().map(Key::parse).orElseThrow()) - low;
      assertThat(size).isBetween(pages / ranges.size(), pages / ranges.size() + 1);
    }
  }

  @Test
  void keysAreWrittenAndReadEqual() {
    Key odd = Key.of(List.of("a\"b", "\\", "ü\n", ""));

    assertThat(Key.parse(odd.text())).isEqualTo(odd);
    assertThat(Key.parse("[\"1\" , \"x\"]")).isEqualTo(Key.of(List.of("1", "x")));
  }
}
