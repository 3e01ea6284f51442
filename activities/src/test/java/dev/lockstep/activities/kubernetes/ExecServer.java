package dev.lockstep.activities.kubernetes;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.internal.WebSocketMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An API server with one ready pod, whose exec says what a test wants, by frames: channel 1 is
 * output, 2 errors, 3 the status.
 */
final class ExecServer implements AutoCloseable {
  static final PodName POD = new PodName("shop", "postgres-0", "postgres");

  final KubernetesMockServer server = new KubernetesMockServer(false);
  final ClusterConnection connection;

  ExecServer(Path directory) throws IOException {
    server.init();
    Path kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(kubeconfig, Kubeconfigs.of(server.url("/")));
    connection = ClusterConnection.fromKubeconfig(kubeconfig);
    server
        .expect()
        .get()
        .withPath("/api/v1/namespaces/shop/pods/postgres-0")
        .andReturn(
            200,
            new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("postgres-0")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("postgres")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build())
        .always();
  }

  /** What exec is called by with these words, as in {@code command=sync&command=-f}. */
  static String path(String words) {
    return "/api/v1/namespaces/shop/pods/postgres-0/exec?"
        + words
        + "&container=postgres&stdin=true&stdout=true&stderr=true";
  }

  static WebSocketMessage frame(int channel, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] framed = new byte[bytes.length + 1];
    framed[0] = (byte) channel;
    System.arraycopy(bytes, 0, framed, 1, bytes.length);
    return new WebSocketMessage(0L, framed, true, true);
  }

  @Override
  public void close() {
    connection.close();
    server.destroy();
  }
}
