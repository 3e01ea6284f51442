package dev.lockstep.definitions.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "$.after | /after",
        "$.head_commit.id | /head_commit/id",
        "$.commits[0].id | /commits/0/id",
        "$['head_commit']['a/b~c'] | /head_commit/a~1b~0c"
      })
  void namesOneValue(String path, String pointer) {
    assertThat(BodyPath.of(path).orElseThrow().pointer()).isEqualTo(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "after",
        "$..id",
        "$.*",
        "$.a[*]",
        "$.a[?(@.b)]",
        "$.a[",
        "$.a.",
        "$.a b"
      })
  void everythingElseIsRefused(String path) {
    assertThat(BodyPath.of(path)).isEmpty();
  }
}
