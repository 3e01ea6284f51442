package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.testbed.Testbed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real store that turns a backup away in its middle: each time one clear fault, asked for a few
 * times at most, no backup, and the next one succeeds.
 */
final class StoreTroubleRealIT {
  /** Requests after the first refusal: those under way, and what the undo asks. */
  private static final int FEW = 12;

  private static final Duration SOON = Duration.ofSeconds(45);

  /** Within the first object, or between its parts. */
  private static final long MIDDLE = 200_000;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void aTokenThatExpiresIsOneFaultAndNoBackup(FrontedStore kind) throws Exception {
    Testbed testbed = Testbed.read();
    try (HttpFront front = kind.front(testbed)) {
      CopyShop shop = kind.shop(testbed, front, folder, 20_000);

      front.trouble(new HttpFront.Trouble(MIDDLE, Optional.of(kind.expired())));
      fails(shop, front, "CREDENTIALS_REFUSED");

      front.trouble(new HttpFront.Trouble(MIDDLE, kind.otherKeys()));
      fails(shop, front, "CREDENTIALS_REFUSED");

      shop.backup();
      assertThat(shop.wholeBackups()).hasSize(1);
    }
  }

  private static void fails(CopyShop shop, HttpFront front, String code) throws Exception {
    Instant began = Instant.now();
    JsonNode failed = shop.failedBackup();
    assertThat(failed.path("fault").path("code").asText()).isEqualTo(code);
    assertThat(failed.path("fault").path("message").asText()).contains("lockstep-", "127.0.0.1");
    assertThat(front.refused()).isNotEmpty().hasSizeLessThanOrEqualTo(FEW);
    assertThat(Duration.between(began, Instant.now())).isLessThan(SOON);
    front.calm();
    assertThat(shop.wholeBackups()).isEmpty();
  }
}
