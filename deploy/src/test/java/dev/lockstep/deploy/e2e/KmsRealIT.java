package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.testbed.Testbed;
import dev.lockstep.workflows.wire.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups of a real PostgreSQL whose data keys are wrapped by key management services. */
final class KmsRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder = Path.of("");

  private final Testbed testbed = Testbed.read();

  @BeforeEach
  void needsBoth() {
    for (KeyServer server : KeyServer.values()) {
      assumeTrue(testbed.has(server.variable), "the testbed has no " + server.part);
    }
  }

  @Test
  void backupsMoveFromAKeysetThroughBothServicesAndBackAndAreRestoredFromEach() throws Exception {
    CopyShop shop = new CopyShop(folder, 1_000, "");
    String keyset = "key: {file: \"%s\"}".formatted(folder.resolve("key"));
    shop.backup();

    String aws = kms(KeyServer.AWS);
    move(shop, keyset, aws);
    shop.backup();
    shop.lockstep(0, "restore");
    shop.copyIsWhole();

    String vault = kms(KeyServer.VAULT);
    move(shop, aws, vault);
    shop.lockstep(0, "drill");
    shop.scratchIsEmpty();
    shop.backup();

    move(shop, vault, keyset);
    shop.lockstep(0, "backups", "verify");
    assertThat(shop.wholeBackups()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aServiceThatIsKilledIsWaitedFor(KeyServer server) throws Exception {
    CopyShop shop = new CopyShop(folder, 20_000, ", maxRate: 1MiB/s");
    shop.encryption(kms(server));
    try (Child run = shop.start("run", "--name", "backup/" + shop.name + "-backup")) {
      run.await(
          PATIENCE,
          () -> shop.stored().stream().anyMatch(file -> file.toString().contains("/data/")));
      testbed.kill(server.part);
      run.await(PATIENCE, () -> run.output().contains("does not reach the key"));
      testbed.up(server.part);
      assertThat(run.exit()).as(run.output()).isZero();
      JsonNode result = Wire.mapper().readTree(run.result());
      assertThat(result.path("state").asText()).isEqualTo("SUCCEEDED");
    } finally {
      testbed.up(server.part);
    }
    shop.lockstep(0, "restore");
    shop.copyIsWhole();
  }

  @ParameterizedTest
  @EnumSource
  void whoMayNotUseTheKeyIsToldOnceAndNothingIsTouched(KeyServer server) throws Exception {
    CopyShop shop = new CopyShop(folder, 1_000, "");
    String key = server.make(server.address(testbed));
    shop.encryption(server.kms(server.address(testbed), key, folder));
    Path login = folder.resolve(server.part).resolve("login");
    Files.writeString(login, KeyServer.FORBIDDEN);

    JsonNode fault = shop.failedBackup().path("fault");
    assertThat(fault.path("code").asText()).isEqualTo("KEY_WRONG");
    assertThat(fault.path("message").asText())
        .contains("store safe cannot use the key ", key, "allow ")
        .doesNotContain(KeyServer.FORBIDDEN);
    assertThat(shop.stored()).allMatch(file -> file.toString().contains("/store/runs/"));

    Files.writeString(login, server.login());
    shop.backup();
    server.withdraw(server.address(testbed), key);
    try (Child restore = shop.start("restore")) {
      assertThat(restore.exit()).as(restore.output()).isEqualTo(2);
      assertThat(restore.output())
          .contains("store safe cannot use the key ", key)
          .doesNotContain("Exception:", server.login() + "\"");
    }
    assertThat(tables(shop)).isEmpty();
  }

  private String kms(KeyServer server) throws Exception {
    String address = server.address(testbed);
    return server.kms(address, server.make(address), folder);
  }

  private static void move(CopyShop shop, String from, String to) throws Exception {
    shop.encryption(to + ", previous: {" + from + "}");
    assertThat(rewrapped(shop)).isPositive();
    shop.encryption(to);
    assertThat(rewrapped(shop)).isZero();
  }

  private static int rewrapped(CopyShop shop) throws Exception {
    return shop.lockstep(0, "backups", "rewrap").path("rewrapped").asInt(-1);
  }

  private static List<String> tables(CopyShop shop) {
    return shop.server.texts(
        shop.copy,
        "SELECT relname FROM pg_class WHERE relname ~ '^orders' UNION ALL"
            + " SELECT nspname FROM pg_namespace WHERE nspname ~ 'lockstep'");
  }
}
