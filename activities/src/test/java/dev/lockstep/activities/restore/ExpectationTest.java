package dev.lockstep.activities.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers fit what expectations. */
final class ExpectationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "= 3|3|yes",
        "= 3|3.0|yes",
        "= 3|4|no",
        "3|3|yes",
        "!= 3|3|no",
        "!= 3|x|yes",
        "> 0|1|yes",
        "> 0|0|no",
        "> 0|t|no",
        ">= 2.5|2.50|yes",
        ">=2|1|no",
        "< 5|4.99|yes",
        "< 5|5|no",
        "<= 5|5|yes",
        "<= 5|6|no",
        "= true|t|yes",
        "= true|true|yes",
        "= true|1|yes",
        "= true|f|no",
        "= false|0|yes",
        "= false|t|no",
        "!= true|f|yes",
        "= open|open|yes",
        "open|closed|no",
        "= Open|open|no",
        "= 1|t|no",
      })
  void anAnswerFitsOrDoesNot(String expect, String answer, String fits) {
    assertThat(Expectation.parse(expect, "").unmet(Optional.of(answer)).isEmpty())
        .isEqualTo(fits.equals("yes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"= 1", "!= 1", "> 1", "x"})
  void noAnswerNeverFits(String expect) {
    assertThat(Expectation.parse(expect, "").unmet(Optional.empty()))
        .hasValueSatisfying(why -> assertThat(why).endsWith("got nothing"));
  }

  @Test
  void anOrderAsksForANumber() {
    assertThatThrownBy(() -> Expectation.parse("> many", "check"))
        .hasMessageContaining("expect > many: after > comes a number")
        .extracting("type")
        .isEqualTo("DEFINITION_WRONG");
  }

  @Test
  void aLongAnswerIsCut() {
    assertThat(Expectation.parse("= x", "").unmet(Optional.of("y".repeat(1000))).orElseThrow())
        .hasSizeLessThan(300)
        .endsWith("…");
  }
}
