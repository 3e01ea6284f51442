package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpellingTest {
  private static final List<String> KNOWN = List.of("table", "column", "nullable", "up", "down");

  @Test
  void findsTheNearestName() {
    assertThat(Spelling.nearest("colunm", KNOWN)).contains("column");
    assertThat(Spelling.nearest("TABLE", KNOWN)).contains("table");
    assertThat(Spelling.nearest("null_able", KNOWN)).contains("nullable");
    assertThat(Spelling.nearest("upp", KNOWN)).contains("up");
  }

  @Test
  void findsNothingWhereNothingIsNear() {
    assertThat(Spelling.nearest("versionSchemas", KNOWN)).isEmpty();
    assertThat(Spelling.hint("versionSchemas", KNOWN))
        .isEqualTo("known: table, column, nullable, up, down");
  }
}
