package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterConnectionTest {
  private final List<String> set = new ArrayList<>();

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void forget() {
    set.forEach(System::clearProperty);
  }

  @Test
  void nothingIsReadBeforeTheFirstUse() {
    try (ClusterConnection connection =
        ClusterConnection.fromKubeconfig(directory.resolve("absent"))) {
      assertThat(connection).isNotNull();
    }
  }

  @Test
  void aMissingConfigurationSaysWhereItWasSought() {
    String absent = directory.resolve("absent").toString();
    property(Config.KUBERNETES_KUBECONFIG_FILE, absent);

    assertThatThrownBy(() -> use(ClusterConnection.fromEnvironment()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("CREDENTIALS_MISSING"))
        .hasMessageContaining("no current context in " + absent)
        .hasMessageContaining("set KUBECONFIG");
  }

  @Test
  void theAddressAloneIsEnough() {
    property(Config.KUBERNETES_KUBECONFIG_FILE, directory.resolve("absent").toString());
    property(Config.KUBERNETES_MASTER_SYSTEM_PROPERTY, "http://127.0.0.1:1");

    try (ClusterConnection connection = ClusterConnection.fromEnvironment()) {
      assertThat(connection.client("").getMasterUrl()).hasToString("http://127.0.0.1:1/");
    }
  }

  @Test
  void anUnreadableConfigurationIsRefusedAndReadAgainNextTime() throws IOException {
    Path file = directory.resolve("kubeconfig");
    Files.writeString(file, "}{ token: s3cret");
    try (ClusterConnection connection = ClusterConnection.fromKubeconfig(file)) {
      assertThatThrownBy(() -> use(connection))
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> assertThat(failure.getType()).isEqualTo("CLUSTER_REFUSED"))
          .hasMessageNotContaining("s3cret")
          .hasMessageContaining("the configuration of the cluster is unreadable");

      Files.writeString(file, Kubeconfigs.of("http://127.0.0.1:1"));

      assertThat(connection.client("").getMasterUrl()).hasToString("http://127.0.0.1:1/");
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = directory.resolve("absent");

    assertThatThrownBy(() -> use(ClusterConnection.fromKubeconfig(absent)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("CLUSTER_REFUSED"))
        .hasMessageContaining(absent.toString());
  }

  @Test
  void oneClientServesEveryCall() throws IOException {
    Path file = directory.resolve("kubeconfig");
    Files.writeString(file, Kubeconfigs.of("http://127.0.0.1:1"));
    try (ClusterConnection connection = ClusterConnection.fromKubeconfig(file)) {
      assertThat(connection.client("a")).isSameAs(connection.client("b"));
      assertThat(connection.client("").getConfiguration().getRequestRetryBackoffLimit()).isZero();
    }
  }

  private void property(String name, String value) {
    System.setProperty(name, value);
    set.add(name);
  }

  private static void use(ClusterConnection connection) {
    try (connection) {
      connection.client("step");
    }
  }
}
