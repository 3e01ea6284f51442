package dev.lockstep.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunStarterTest {
  @ParameterizedTest
  @CsvSource({
    "customer-full-name,      migration/customer-full-name",
    "customer-full-name/2,    migration/customer-full-name",
    "migration/add-email,     migration/add-email",
    "somebody/else_s-id,      somebody/else_s-id"
  })
  void theNameTheLedgersKeyAndTheWorkflowIdMeanTheSameRun(String given, String workflowId) {
    assertThat(RunStarter.workflowId(given)).isEqualTo(workflowId);
  }
}
