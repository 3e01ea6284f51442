package dev.lockstep.activities.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.workflows.wire.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DefinitionDifferenceTest {
  @Test
  void equalDefinitionsDoNotDiffer() {
    assertThat(between("{\"a\": [1, {\"b\": 2}]}", "{\"a\": [1, {\"b\": 2}]}")).isEmpty();
  }

  @Test
  void everyChangedAddedAndRemovedValueIsOneLine() {
    assertThat(
            between(
                "{\"same\": 1, \"a\": {\"b\": \"x\"}, \"gone\": true, \"list\": [1, 2]}",
                "{\"same\": 1, \"a\": {\"b\": \"y\"}, \"new\": null, \"list\": [1, 3, 4]}"))
        .containsExactly(
            "a.b: \"x\" -> \"y\"",
            "gone: true -> nothing",
            "list[1]: 2 -> 3",
            "list[2]: nothing -> 4",
            "new: nothing -> null");
  }

  @Test
  void longValuesAreCut() {
    assertThat(between("{\"a\": \"" + "x".repeat(500) + "\"}", "{\"a\": 1}"))
        .singleElement()
        .satisfies(line -> assertThat(line).hasSizeLessThan(120).contains("…"));
  }

  private static List<String> between(String before, String after) {
    try {
      return DefinitionDifference.between(
          Wire.mapper().readTree(before), Wire.mapper().readTree(after));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
