package dev.lockstep.workflows.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WireTest {
  @Test
  void theOutcomeIsTheOneOfTheDesign() throws JsonProcessingException {
    StepReport step =
        new StepReport(
            "migrate/customers",
            Phase.MIGRATE,
            "Fill full_name",
            StepReport.StepState.DONE,
            Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
            Optional.empty(),
            new TreeMap<>(Map.of("rows", 3L, "batches", 1L)));
    Fault fault = Fault.of(FaultCode.ROWS_DIFFER, "2 rows differ", "verify/customers");
    RunOutcome outcome =
        new RunOutcome(
            RunState.ROLLED_BACK,
            Phase.VERIFY,
            "customer-full-name/1",
            "undone",
            List.of(step),
            new TreeMap<>(Map.of("rows", 3L)),
            Optional.of(fault),
            List.of());

    String json = Wire.mapper().writeValueAsString(outcome);

    assertThat(json)
        .isEqualTo(
            "{\"state\":\"ROLLED_BACK\",\"phase\":\"VERIFY\",\"run\":\"customer-full-name/1\","
                + "\"message\":\"undone\",\"steps\":[{\"id\":\"migrate/customers\","
                + "\"phase\":\"MIGRATE\",\"title\":\"Fill full_name\",\"state\":\"DONE\","
                + "\"started\":\"2026-01-01T00:00:00Z\",\"figures\":{\"batches\":1,\"rows\":3}}],"
                + "\"figures\":{\"rows\":3},\"fault\":{\"code\":\"ROWS_DIFFER\","
                + "\"kind\":\"CONFLICT\",\"message\":\"2 rows differ\","
                + "\"step\":\"verify/customers\"},\"undoFailures\":[]}");
    assertThat(Wire.mapper().readValue(json, RunOutcome.class)).isEqualTo(outcome);
  }

  @Test
  void theHashIsThatOfTheJsonInUtf8() throws JsonProcessingException {
    Action pause = new Action.Pause(Duration.ofHours(24));

    assertThat(Wire.mapper().writeValueAsString(pause))
        .isEqualTo("{\"kind\":\"pause\",\"duration\":\"PT24H\"}");
    assertThat(Wire.hash(pause))
        .isEqualTo("96c00cd50c6466014de4bac27f02f46030385b8d9c64e0fd894aaec79de4fd3d");
  }

  @Test
  void theHashChangesWithOneLetter() {
    assertThat(Wire.hash(new Action.Approve("contract")))
        .isNotEqualTo(Wire.hash(new Action.Approve("contracts")));
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "10m, PT10M",
    "24h, PT24H",
    "7d, PT168H",
    "PT5S, PT5S"
  })
  void durationsAreReadInEveryFormOfTheLanguage(String text, String duration)
      throws JsonProcessingException {
    assertThat(Wire.mapper().readValue("\"" + text + "\"", Duration.class))
        .isEqualTo(Duration.parse(duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "\"5\"", "\"soon\"", "true", "\"\""})
  void aDurationWithoutUnitIsRefusedWithAnExample(String json) {
    assertThatThrownBy(() -> Wire.mapper().readValue(json, Duration.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("500ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0/s\"", "\"5\"", "\"5/m\"", "5"})
  void aRateWithoutUnitIsRefusedWithAnExample(String rate) {
    assertThatThrownBy(
            () ->
                Wire.mapper().readValue("{\"maxRowsPerSecond\":" + rate + "}", Control.Tune.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("5000/s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"maxWalRate\":\"5MiB\"} | 50MiB/s",
        "{\"maxArchiveBacklog\":5} | 16MiB",
        "{\"autovacuum\":\"never\"} | wait or ignore",
        "{\"terminateBlockers\":\"all\"} | none, idle or any"
      })
  void aLimitOfHealthThatIsNoneIsRefusedWithAnExample(String json, String wanted) {
    assertThatThrownBy(() -> Wire.mapper().readValue(json, Control.Tune.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining(wanted);
  }

  @Test
  void limitsOfEarlierVersionsAreReadAndKeepTheirBytes() throws JsonProcessingException {
    String earlier = "{\"lockTimeout\":\"PT0.5S\",\"batchDuration\":\"PT0.05S\",\"parallelism\":1}";
    Limits limits =
        new Limits(
            Duration.ofMillis(500), Duration.ofMillis(50), Optional.empty(), Optional.empty(), 1);

    assertThat(Wire.mapper().readValue(earlier, Limits.class)).isEqualTo(limits);
    assertThat(Wire.mapper().writeValueAsString(limits)).isEqualTo(earlier);
    assertThat(Limits.DEFAULT.with(HealthLimits.DEFAULT)).isEqualTo(Limits.DEFAULT);
    assertThat(Limits.DEFAULT.with(BlockerTermination.NONE)).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void aStepOfAnEarlierVersionIsReadAndKeepsItsBytes() throws JsonProcessingException {
    String earlier =
        "{\"id\":\"gate/approve-contract\",\"phase\":\"GATE\",\"sentence\":\"waits\","
            + "\"action\":{\"kind\":\"approve\",\"gate\":\"contract\"},"
            + "\"undo\":{\"sentence\":\"none\"},\"estimate\":{\"rows\":0,\"bytes\":0,"
            + "\"walBytes\":0,\"duration\":\"PT0S\"},\"pointOfNoReturn\":false,"
            + "\"skippable\":false}";

    PlannedStep read = Wire.mapper().readValue(earlier, PlannedStep.class);

    assertThat(read.together()).isEmpty();
    assertThat(Wire.mapper().writeValueAsString(read)).isEqualTo(earlier);
  }

  @Test
  void aStatusSaysWhatIsDoneTogetherOnlyWhereSomethingIs() throws JsonProcessingException {
    Progress one = new Progress("migrate/a", 1, 2, 0, Optional.empty(), List.of());
    RunStatus alone = status(List.of());
    RunStatus together = status(List.of(one, one));

    String json = Wire.mapper().writeValueAsString(alone);

    assertThat(json).doesNotContain("together");
    assertThat(Wire.mapper().readValue(json, RunStatus.class)).isEqualTo(alone);
    assertThat(Wire.mapper().readValue(Wire.mapper().writeValueAsString(together), RunStatus.class))
        .isEqualTo(together);
  }

  private static RunStatus status(List<Progress> together) {
    return new RunStatus(
        RunState.RUNNING,
        Phase.MIGRATE,
        "a/1",
        Optional.of("migrate/a"),
        Optional.empty(),
        together,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void limitsOfHealthShowTheWordsOfTheLanguage() throws JsonProcessingException {
    String json = Wire.mapper().writeValueAsString(Samples.migration().limits());

    assertThat(json)
        .contains("\"maxArchiveBacklog\":\"512MiB\"")
        .contains("\"maxWalRate\":\"50MiB/s\"")
        .contains("\"autovacuum\":\"wait\"")
        .contains("\"terminateBlockers\":{\"sessions\":\"any\",\"after\":\"PT30S\"");
    assertThat(Wire.mapper().readValue(json, Limits.class)).isEqualTo(Samples.migration().limits());
  }

  @Test
  void whatEarlierVersionsSaidOfOldClientsIsReadAndKeepsItsBytes() throws JsonProcessingException {
    String action = "{\"kind\":\"awaitOldClients\",\"applicationName\":\"web/1%\"}";
    String policy =
        "{\"approval\":\"NONE\",\"revertWindow\":\"PT0S\",\"oldApplicationName\":\"web/1%\"}";

    Action read = Wire.mapper().readValue(action, Action.class);
    ContractPolicy kept = Wire.mapper().readValue(policy, ContractPolicy.class);

    assertThat(read).isEqualTo(new Action.AwaitOldClients("web/1%"));
    assertThat(Wire.mapper().writeValueAsString(read)).isEqualTo(action);
    assertThat(kept.oldClients().orElseThrow().applicationName()).contains("web/1%");
    assertThat(Wire.mapper().writeValueAsString(kept)).isEqualTo(policy);
  }

  @Test
  void absentFieldsOfAControlAreAbsent() throws JsonProcessingException {
    Control.Pause pause = Wire.mapper().readValue("{\"by\":\"ada\"}", Control.Pause.class);

    assertThat(pause).isEqualTo(new Control.Pause(Optional.of("ada"), Optional.empty()));
  }

  @Test
  void anUnknownFieldIsRefused() {
    assertThatThrownBy(() -> Wire.mapper().readValue("{\"who\":\"ada\"}", Control.Pause.class))
        .hasMessageContaining("who");
  }
}
