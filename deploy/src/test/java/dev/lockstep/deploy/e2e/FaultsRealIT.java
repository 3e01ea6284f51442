package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong outside of Lockstep: exit status, message, and nothing half-done. */
final class FaultsRealIT {
  private static final String PASSWORD = "not-the-password-7531";

  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();
  private final String database = server.newDatabase("template1");
  private Picture before = new Picture(List.of(), new TreeMap<>());

  @BeforeEach
  void fillTheDatabase() {
    server.execute(
        database,
        "CREATE TABLE items (id bigint PRIMARY KEY, label text, amount integer)",
        "INSERT INTO items SELECT n, n::text, n FROM generate_series(1, 5000) AS n",
        "UPDATE items SET label = 'not a number', amount = -1 WHERE id = 4711");
    before = Picture.of(server, database);
  }

  @Test
  void wrongPassword() throws Exception {
    server.requirePassword("e2e_guest", "the-real-one");
    String output = run(4, server.url(database), "e2e_guest", addLabelled());
    assertThat(output).contains("e2e_guest").doesNotContain(PASSWORD);
    unchanged();
  }

  @Test
  void missingTable() throws Exception {
    String output = run(2, addLabelled().replace("table: items", "table: itemz"));
    assertThat(output)
        .containsPattern("change\\.yaml:\\d+: spec\\.changes\\[0\\]\\.addColumn\\.table: ")
        .contains("itemz");
    unchanged();
  }

  @Test
  void missingPrivilege() throws Exception {
    server.execute(
        "postgres", "DROP ROLE IF EXISTS e2e_stranger", "CREATE ROLE e2e_stranger LOGIN");
    String output = run(2, server.url(database), "e2e_stranger", addLabelled());
    assertThat(output).contains("items").containsIgnoringCase("own");
    unchanged();
  }

  @Test
  void unreachableServer() throws Exception {
    String output = run(4, "jdbc:postgresql://127.0.0.1:1/nowhere", "postgres", addLabelled());
    assertThat(output).contains("127.0.0.1:1");
    unchanged();
  }

  @Test
  void malformedYaml() throws Exception {
    String output = run(2, addLabelled() + "\n    - addColumn: {table: [");
    assertThat(output).contains("change.yaml:");
    unchanged();
  }

  @Test
  void upThatFailsOnOneRow() throws Exception {
    String output = run(1, addLabelled().replace("coalesce(amount, 0)", "label::integer"));
    assertThat(output).contains("4711");
    unchanged();
    assertThat(server.number(database, "SELECT count(*) FROM lockstep.claims")).isZero();
  }

  @Test
  void rowsThatBreakAConstraint() throws Exception {
    String output =
        run(
            1,
            """
            changes:
                - addConstraint: {table: items, name: items_amount_positive, check: amount > 0}
            """);
    assertThat(output).contains("items_amount_positive");
    unchanged();
    assertThat(server.number(database, "SELECT count(*) FROM lockstep.claims")).isZero();
  }

  private static String addLabelled() {
    return """
    changes:
        - addColumn: {table: items, column: {name: number, type: integer}, up: "coalesce(amount, 0)"}
    """;
  }

  private void unchanged() {
    assertThat(Picture.of(server, database)).isEqualTo(before);
  }

  private String run(int exit, String changes) throws IOException, InterruptedException {
    return run(exit, server.url(database), "postgres", changes);
  }

  /** Runs the command and answers what it said. */
  private String run(int exit, String url, String user, String changes)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("username"), user);
    Files.writeString(folder.resolve("password"), PASSWORD);
    Path file = folder.resolve("change.yaml");
    Files.writeString(
        file,
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: items}
        spec:
          engine: postgresql
          connection: {url: "%s"}
          credentials: {files: {username: "%s", password: "%s"}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Migration
        metadata: {name: change-items}
        spec:
          database: items
          %s\
        """
            .formatted(
                url, folder.resolve("username"), folder.resolve("password"), changes.strip()));
    try (Child child = Child.lockstep(folder, Map.of(), "run", file.toString())) {
      int status = child.exit();
      assertThat(status).as(child.output()).isEqualTo(exit);
      return child.output();
    }
  }
}
