package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command, engine and worker in one process die together; only the ledger is left. */
final class EngineKilledRealIT {
  @TempDir private Path folder = Path.of("");
  private final TokenShop shop = new TokenShop();

  @Test
  void sameCommandGoesOnFromTheLedger() throws Exception {
    Path file = folder.resolve("change.yaml");
    Files.writeString(file, shop.definition(folder, 4_000, ""));
    try (Child first = Child.lockstep(folder, Map.of(), "run", file.toString())) {
      shop.awaitMiddleOfBackfill();
      first.kill();
    }
    shop.awaitNoLockstep();
    assertThat(shop.changedTokens()).isZero();
    assertThat(shop.seenTokens()).isPositive().isLessThan(TokenShop.ROWS);

    try (Child second = Child.lockstep(folder, Map.of(), "run", file.toString())) {
      assertThat(second.exit()).as(second.output()).isZero();
    }
    assertThat(shop.changedTokens()).isZero();
    assertThat(shop.seenTokens()).isEqualTo(TokenShop.ROWS);

    try (Child third = Child.lockstep(folder, Map.of(), "run", file.toString())) {
      assertThat(third.exit()).as(third.output()).isZero();
      assertThat(third.output()).contains("nothing to do");
    }
    assertThat(shop.server.texts(shop.database, "SELECT id FROM lockstep.runs"))
        .containsExactly("customer-token/1");
  }
}
