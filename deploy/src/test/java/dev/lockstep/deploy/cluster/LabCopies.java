package dev.lockstep.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.workflows.wire.Wire;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands about backups of the lab's database in a bucket of the testbed. */
final class LabCopies {
  /** The database, with the rights of its superuser, and the store; other documents follow. */
  static final String SOURCE =
      """
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: shop}
      spec:
        engine: postgresql
        connection: {service: {namespace: shop, name: postgres, port: 5432}, database: shop}
        credentials: {secret: {namespace: shop, name: postgres-super}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Store
      metadata: {name: safe}
      spec:
        s3:
          endpoint: "http://10.98.0.1:9000"
          bucket: lab-backups
          pathStyle: true
          credentials: {secret: {namespace: shop, name: backup-store}}
      ---
      """;

  private static final String BUCKET = "lab-backups";

  private final LabExtension lab;
  private final Path folder;

  private LabCopies(LabExtension lab, Path folder) {
    this.lab = lab;
    this.folder = folder;
  }

  /**
   * Makes the bucket and the secrets.
   *
   * @param folder for what the commands write
   */
  static LabCopies prepare(LabExtension lab, Path folder) throws Exception {
    LabCopies copies = new LabCopies(lab, folder);
    copies.secret("postgres-super", Map.of("username", "postgres", "password", "admin-secret"));
    copies.secret("backup-store", Map.of("accessKey", "testbed", "secretKey", "testbed-secret"));
    Buckets.make(lab.testbed(), BUCKET);
    return copies;
  }

  private void secret(String name, Map<String, String> values) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Lab.NAMESPACE)
            .endMetadata()
            .withStringData(values)
            .build();
    lab.lab().client().resource(secret).fieldManager("lab").forceConflicts().serverSideApply();
  }

  /** The one value of a query, as text, that the superuser asks the server of a pod. */
  static String text(Pod pod, String sql) throws SQLException {
    String url =
        "jdbc:postgresql://%s:5432/shop?connectTimeout=3&socketTimeout=60"
            .formatted(pod.getStatus().getPodIP());
    try (Connection connection = DriverManager.getConnection(url, "postgres", "admin-secret");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return String.valueOf(result.getString(1));
    }
  }

  Child start(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", "json"));
    if (!words[0].equals("backups")) {
      all.addAll(List.of("--address", lab.temporal().address()));
      all.addAll(List.of("--namespace", lab.temporal().namespace()));
    }
    Map<String, String> cluster = Map.of("KUBECONFIG", lab.testbed().kubeconfig().toString());
    return Child.lockstep(folder, cluster, all.toArray(String[]::new));
  }

  /** What a command answers that ends with this exit code. */
  JsonNode lockstep(int exit, String... words) throws Exception {
    try (Child child = start(words)) {
      int status = child.exit();
      assertThat(status).as(String.join(" ", words) + ": " + child.output()).isEqualTo(exit);
      return Wire.mapper().readTree(child.result());
    }
  }
}
