package dev.lockstep.activities.dump.physical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LoneTest {
  @Test
  void theFirstValueIsTheAnswer() {
    assertThat(Lone.value("5\0")).contains("5");
    assertThat(Lone.value("a\nb\0c\0")).contains("a\nb");
    assertThat(Lone.value("\0")).contains("");
    assertThat(Lone.value("")).isEmpty();
    assertThat(Lone.value(Lone.NULL + "\0")).isEmpty();
  }
}
