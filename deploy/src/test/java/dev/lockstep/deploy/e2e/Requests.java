package dev.lockstep.deploy.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.yaml.DefinitionWriter;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Turns the text of an example into the input of a run on a real database. */
public final class Requests {
  private static final String SHOP =
      """
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: shop}
      spec:
        engine: postgresql
        connection: {url: "jdbc:postgresql://localhost:5432/shop"}
        credentials: {env: {username: SHOP_USER, password: SHOP_PASSWORD}}
      ---
      """;

  private final Path folder;

  /**
   * Makes the files with the credentials.
   *
   * @param folder where the files go
   */
  Requests(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("username"), "postgres");
    Files.writeString(folder.resolve("password"), "postgres");
  }

  /**
   * The example's text for a database, which is {@code shop} where it names none.
   *
   * @param deployment that the example's rollouts are for
   */
  String text(String example, String url, String deployment) {
    return (example.contains("kind: Database") ? example : SHOP + example)
        .replace("jdbc:postgresql://localhost:5432/shop", url)
        .replace(
            "{env: {username: SHOP_USER, password: SHOP_PASSWORD}}",
            "{files: {username: \"%s\", password: \"%s\"}}"
                .formatted(folder.resolve("username"), folder.resolve("password")))
        // Long enough to be seen waiting.
        .replace("duration: 100ms", "duration: 2s")
        // The shortest that there are.
        .replace("duration: 60s ", "duration: 5s ")
        .replace("before: 30s ", "before: 1s ")
        .replace("namespace: shop, name: web}", "namespace: shop, name: " + deployment + "}");
  }

  /** The input of a run of the text's one migration. */
  public static ObjectNode of(String text) {
    Definitions definitions = Definitions.load(List.of(Source.ofText("test.yaml", text)));
    if (!definitions.problems().isEmpty()) {
      throw new IllegalArgumentException(definitions.problems().toString());
    }
    ObjectNode request = Wire.mapper().createObjectNode();
    request.set("definition", DefinitionWriter.toJson(definitions.migrations().get(0)));
    definitions.all().stream()
        .filter(Database.class::isInstance)
        .forEach(it -> request.withArray("/databases").add(DefinitionWriter.toJson(it)));
    return request;
  }
}
