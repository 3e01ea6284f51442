package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.BlockerTermination.Sessions;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.wire.Wire;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TuningTest {
  @Test
  void whoMayBeEndedKeepsItsNamesAndItsTime() throws JsonProcessingException {
    Limits old = limits(Sessions.NONE, Duration.ofMinutes(5), "web/%");

    Limits more = Tuning.of(old, tune("{\"terminateBlockers\": \"any\"}"));
    Limits sooner = Tuning.of(more, tune("{\"terminateBlockersAfter\": \"30s\"}"));

    assertThat(more).isEqualTo(limits(Sessions.ANY, Duration.ofMinutes(5), "web/%"));
    assertThat(sooner).isEqualTo(limits(Sessions.ANY, Duration.ofSeconds(30), "web/%"));
  }

  @Test
  void whoMayBeEndedCanBeSaidAndTakenBackInARunThatWasToldNothing() throws JsonProcessingException {
    Limits some = Tuning.of(Limits.DEFAULT, tune("{\"terminateBlockers\": \"idle\"}"));
    Limits none = Tuning.of(some, tune("{\"terminateBlockers\": \"none\"}"));

    assertThat(some.terminateBlockers())
        .contains(
            new BlockerTermination(
                Sessions.IDLE, BlockerTermination.DEFAULT_AFTER, Optional.empty()));
    assertThat(none).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void anotherLimitLeavesThem() throws JsonProcessingException {
    Limits old = limits(Sessions.IDLE, Duration.ofSeconds(9), "web/%");

    assertThat(Tuning.of(old, tune("{\"lockTimeout\": \"1s\"}")).terminateBlockers())
        .isEqualTo(old.terminateBlockers());
  }

  private static Limits limits(Sessions sessions, Duration after, String pattern) {
    return Limits.DEFAULT.with(new BlockerTermination(sessions, after, Optional.of(pattern)));
  }

  private static Control.Tune tune(String json) throws JsonProcessingException {
    return Wire.mapper().readValue(json, Control.Tune.class);
  }
}
