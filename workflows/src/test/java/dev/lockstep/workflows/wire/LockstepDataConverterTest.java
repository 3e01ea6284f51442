package dev.lockstep.workflows.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.plan.Action;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import org.junit.jupiter.api.Test;

final class LockstepDataConverterTest {
  private final DataConverter converter = LockstepDataConverter.create();

  @Test
  void payloadsArePlainJsonThatTheTemporalUiShows() {
    Payload payload = converter.toPayload(new Action.Approve("contract")).orElseThrow();

    assertThat(payload.getMetadataOrThrow("encoding").toStringUtf8()).isEqualTo("json/plain");
    assertThat(payload.getData().toStringUtf8())
        .isEqualTo("{\"kind\":\"approve\",\"gate\":\"contract\"}");
  }

  @Test
  void anInterfaceComesBackAsItsRecord() {
    Action action = new Action.Approve("contract");

    Action back =
        converter.fromPayload(
            converter.toPayload(action).orElseThrow(), Action.class, Action.class);

    assertThat(back).isEqualTo(action);
  }

  @Test
  void aTreeIsTakenAsItIs() {
    JsonNode tree = Wire.tree(Samples.database());

    JsonNode back =
        converter.fromPayload(
            converter.toPayload(tree).orElseThrow(), JsonNode.class, JsonNode.class);

    assertThat(back).isEqualTo(tree);
  }
}
