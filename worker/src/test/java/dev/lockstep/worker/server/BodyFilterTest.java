package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.workflows.wire.Wire;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BodyFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'action':'published'} | starts",
        "{'action':'prereleased'} | starts",
        "{'action':'unpublished'} | $.action is something else, the trigger waits for",
        "{'action':'published '} | $.action is something else",
        "{'action':null} | $.action is not there",
        "{'action':['published']} | $.action is not there",
        "{'release':{'action':'published'}} | $.action is not there",
      })
  void aValueHasToFitAsAWhole(String body, String told) throws JsonProcessingException {
    assertThat(told(Map.of("$.action", "(pre)?(published|released)"), body)).startsWith(told);
  }

  @Test
  void allValuesHaveToFit() throws JsonProcessingException {
    Map<String, String> wanted = Map.of("$.run.conclusion", "success", "$.run.attempt", "[1-3]");

    assertThat(told(wanted, "{'run':{'conclusion':'success','attempt':2}}")).isEqualTo("starts");
    assertThat(told(wanted, "{'run':{'conclusion':'failure','attempt':2}}"))
        .isEqualTo("$.run.conclusion is something else, the trigger waits for success");
    assertThat(told(wanted, "{'run':{'conclusion':'success','attempt':4}}"))
        .startsWith("$.run.attempt is something else");
    assertThat(told(Map.of("$.draft", "false"), "{'draft':false}")).isEqualTo("starts");
  }

  @Test
  void noBodyIsFilteredWhereNothingIsWanted() throws JsonProcessingException {
    assertThat(told(Map.of(), "{}")).isEqualTo("starts");
  }

  @Test
  void aValueThatIsTooLongIsNotTried() throws JsonProcessingException {
    assertThat(told(Map.of("$.a", "a*"), "{'a':'" + "a".repeat(501) + "'}"))
        .startsWith("$.a is something else");
  }

  private static String told(Map<String, String> wanted, String body)
      throws JsonProcessingException {
    return new BodyFilter(new TreeMap<>(wanted))
        .filtered(Wire.mapper().readTree(body.replace('\'', '"')))
        .orElse("starts");
  }
}
