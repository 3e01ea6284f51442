package dev.lockstep.activities.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RunKey;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanSizeTest {
  @Test
  void whatARunCanCarryIsTaken() throws JsonProcessingException {
    Prepared prepared = prepared(PlanSize.MOST_BYTES - 10_000);

    assertThat(PlanSize.checked(prepared)).isSameAs(prepared);
  }

  @Test
  void whatNoServiceWouldTakeIsRefusedWithTheSizeAndTheLimit() {
    assertThatThrownBy(() -> PlanSize.checked(prepared(PlanSize.MOST_BYTES)))
        .hasMessageContaining("1025 KiB with its definition, a run carries at most 1024 KiB");
  }

  private static Prepared prepared(int characters) {
    Plan plan =
        new Plan(
            "big",
            "shop",
            List.of(),
            List.of(),
            List.of(),
            Limits.DEFAULT,
            Migration.OnFailure.ROLLBACK);
    Database shop =
        new Database(
            "shop",
            Engine.POSTGRESQL,
            new Connection.Url("jdbc:postgresql://127.0.0.1/shop"),
            new Credentials.None(),
            List.of());
    return new Prepared(
        Prepared.State.PLANNED,
        new RunKey("big/1"),
        shop,
        plan,
        "plan-hash",
        "definition-hash",
        "x".repeat(characters));
  }
}
