package dev.lockstep.worker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A read that no order of the writes allows must be caught; every other one must not. */
final class NamesTest {
  private static final long ID = 7;
  private static final String FIRST = Names.initial(ID);

  private final Names names = new Names();

  private boolean seen(String value) {
    return names.entry(ID).allows(names.entry(ID), value);
  }

  @Test
  void anUntouchedRowHasItsInitialName() {
    assertThat(seen(FIRST)).isTrue();
    assertThat(seen("B")).isFalse();
    assertThat(names.entry(ID).allows(names.entry(ID), null)).isFalse();
  }

  @Test
  void afterAWriteTheOldValueIsWrong() {
    assertThat(names.begin(ID, "B")).isTrue();
    names.end(ID, true);

    assertThat(seen("B")).isTrue();
    assertThat(seen(FIRST)).isFalse();
  }

  @Test
  void duringAWriteOldAndNewAreRight() {
    assertThat(names.begin(ID, "B")).isTrue();

    assertThat(seen(FIRST)).isTrue();
    assertThat(seen("B")).isTrue();
    assertThat(seen("C")).isFalse();
  }

  @Test
  void aReadAroundAWriteMayHaveSeenEither() {
    Names.Entry before = names.entry(ID);
    assertThat(names.begin(ID, "B")).isTrue();
    names.end(ID, true);
    Names.Entry after = names.entry(ID);

    assertThat(before.allows(after, FIRST)).isTrue();
    assertThat(before.allows(after, "B")).isTrue();
    assertThat(before.allows(after, "C")).isFalse();
    assertThat(after.allows(after, FIRST)).isFalse();
  }

  @Test
  void aWriteThatFoundNoRowChangesNothing() {
    assertThat(names.begin(ID, "B")).isTrue();
    names.end(ID, false);

    assertThat(seen(FIRST)).isTrue();
    assertThat(seen("B")).isFalse();
  }

  @Test
  void aWriteOfUnknownFateAllowsBothForEver() {
    assertThat(names.begin(ID, "B")).isTrue();

    assertThat(names.begin(ID, "C")).isFalse();
    assertThat(seen(FIRST)).isTrue();
    assertThat(seen("B")).isTrue();
  }

  @Test
  void oneWriterAtATime() {
    assertThat(names.begin(ID, "B")).isTrue();
    assertThat(names.begin(ID, "C")).isFalse();
    names.end(ID, true);
    assertThat(names.begin(ID, "C")).isTrue();
  }

  @Test
  void anInsertedRowHasTheNameItWasInsertedWith() {
    names.inserted(ID, "N");

    assertThat(seen("N")).isTrue();
    assertThat(seen(FIRST)).isFalse();
    assertThat(names.written()).containsOnlyKeys(ID);
  }
}
