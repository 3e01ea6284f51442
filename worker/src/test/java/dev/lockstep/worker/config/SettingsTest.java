package dev.lockstep.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.ConnectionSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void nothingSetMeansTheDefaults() {
    Settings settings = Settings.of(Map.of("PATH", "/bin", "LOCK", "1"));

    assertThat(settings.definitionsPath()).isEmpty();
    assertThat(settings.serviceTemplate()).isEqualTo(ConnectionSettings.DEFAULT.serviceTemplate());
  }

  @Test
  void everyKeyIsRead() {
    Settings settings =
        Settings.of(
            Map.of(
                "LOCKSTEP_DEFINITIONS_PATH",
                folder.toString(),
                "LOCKSTEP_SERVICE_TEMPLATE",
                "jdbc:postgresql://{name}.test:{port}/{database}"));

    assertThat(settings.definitionsPath()).contains(folder);
    assertThat(settings.serviceTemplate())
        .isEqualTo("jdbc:postgresql://{name}.test:{port}/{database}");
  }

  @Test
  void everyWrongKeyIsNamedAtOnce() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(
            () ->
                Settings.of(
                    Map.of(
                        "LOCKSTEP_DEFINITIONS_PATH", missing.toString(),
                        "LOCKSTEP_SERVICE_TEMPLATE", "jdbc:postgresql://localhost",
                        "LOCKSTEP_DEFINITION_PATH", "x")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("LOCKSTEP_DEFINITIONS_PATH=" + missing + " is not a folder")
        .hasMessageContaining("LOCKSTEP_SERVICE_TEMPLATE=jdbc:postgresql://localhost does not say")
        .hasMessageContaining("LOCKSTEP_DEFINITION_PATH is not a setting; known: ")
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(3));
  }

  @Test
  void whatTheLauncherAndTheDemoReadIsNoSetting() {
    Settings settings =
        Settings.of(Map.of("LOCKSTEP_JAVA_OPTS", "-Xmx1g", "LOCKSTEP_DEMO_PASSWORD", "x"));

    assertThat(settings).isEqualTo(Settings.of(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOCKSTEP_SERVICE_HOST",
        "LOCKSTEP_SERVICE_PORT",
        "LOCKSTEP_SERVICE_PORT_WEBHOOKS",
        "LOCKSTEP_PORT",
        "LOCKSTEP_PORT_8080_TCP",
        "LOCKSTEP_PORT_8080_TCP_ADDR",
        "LOCKSTEP_SERVER_SERVICE_HOST",
        "LOCKSTEP_SERVER_PORT_8080_TCP_PROTO",
        "LOCKSTEP_TESTBED",
        "LOCKSTEP_TESTBED_POSTGRES"
      })
  void whatKubernetesTellsAboutAServiceOfOurNameIsNoSetting(String name) {
    assertThat(Settings.of(Map.of(name, "x"))).isEqualTo(Settings.of(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOCKSTEP_SERVICE", "LOCKSTEP_PORTS", "LOCKSTEP_TESTBEDS"})
  void whatOnlyLooksSimilarIsStillRefused(String name) {
    assertThatThrownBy(() -> Settings.of(Map.of(name, "x"))).hasMessageContaining(name);
  }

  @Test
  void anEmptyFolderIsNotThatOfThisProcess() {
    assertThatThrownBy(() -> Settings.of(Map.of("LOCKSTEP_DEFINITIONS_PATH", "")))
        .hasMessageContaining("LOCKSTEP_DEFINITIONS_PATH is empty");
  }

  @Test
  void valuesOfUnknownKeysAreNotRepeated() {
    assertThatThrownBy(() -> Settings.of(Map.of("LOCKSTEP_PASSWORD", "s3cret")))
        .hasMessageContaining("LOCKSTEP_PASSWORD")
        .hasMessageNotContaining("s3cret");
  }
}
