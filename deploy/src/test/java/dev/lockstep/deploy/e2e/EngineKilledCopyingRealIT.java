package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.wire.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Engine and worker in one process die together at the end of every step of a copy that leaves
 * something behind, and in the middle of those that move data: nothing but database and store knows
 * of the run. The same command again succeeds.
 */
final class EngineKilledCopyingRealIT {
  private static final int MOST = 20;

  @TempDir private Path folder = Path.of("");

  @Test
  void theSameCommandSucceedsInTheEndAndNothingHalfIsLeft() throws Exception {
    CopyShop shop = new CopyShop(folder, 60_000, ", maxRate: 5MiB/s");
    RunOutcome taken =
        until(
            shop, "backup", "take middle", "take end", "readBack end", "prune end", "conclude end");
    assertThat(taken.state()).isEqualTo(RunState.SUCCEEDED);
    shop.age();
    shop.backup();
    assertThat(shop.wholeBackups()).hasSize(1);
    shop.onlyWholeBackupsAreStored();

    RunOutcome restored = until(shop, "restore", "load middle", "load end", "release end");
    // Whoever died after the mark was given up has restored: what is there is not touched again.
    assertThat(restored.state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(restored.fault().orElseThrow().code()).isEqualTo(FaultCode.TARGET_NOT_EMPTY);
    shop.copyIsWhole();
    RunOutcome drilled =
        until(shop, "drill", "load middle", "load end", "clear end", "conclude end");
    assertThat(drilled.state()).isEqualTo(RunState.SUCCEEDED);
    shop.scratchIsEmpty();

    shop.onlyWholeBackupsAreStored();
    JsonNode drills = shop.lockstep(0, "drills");
    assertThat(drills.path("verified").asBoolean()).isTrue();
  }

  /** Runs it again and again until it does not die any more. */
  private RunOutcome until(CopyShop shop, String kind, String... moments) throws Exception {
    Path deaths = Files.createFile(folder.resolve("deaths-" + kind));
    Path input = folder.resolve(kind + ".json");
    Wire.mapper().writeValue(input.toFile(), shop.request(kind));
    String workflow = kind + "/" + shop.name + "-" + kind;
    for (int attempt = 0; attempt < MOST; attempt++) {
      try (Child child =
          Child.start(
              folder,
              Map.of(),
              List.of(
                  MortalCopier.class.getName(), deaths.toString(), workflow, input.toString()))) {
        int status = child.exit();
        List<String> whole = shop.wholeBackups();
        if (status == 0) {
          RunOutcome outcome = Wire.mapper().readValue(child.result(), RunOutcome.class);
          assertThat(MortalCrew.died(deaths, workflow))
              .extracting(death -> death.replaceFirst(" .* ", " "))
              .contains(moments);
          return outcome;
        }
        assertThat(status).as(child.output()).isEqualTo(MortalWorker.KILLED);
        assertThat(whole).hasSizeLessThanOrEqualTo(kind.equals("backup") ? MOST : 1);
      }
    }
    return fail("%s still dies after %s attempts", workflow, MOST);
  }
}
