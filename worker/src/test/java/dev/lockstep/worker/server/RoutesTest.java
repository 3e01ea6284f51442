package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutesTest {
  @TempDir private Path folder = Path.of("");

  private Routes routes() throws IOException {
    Clock clock = Clock.systemUTC();
    Definitions none = Definitions.load(List.of());
    try (DeliveryBook book = DeliveryBook.open(folder, 1, clock)) {
      return Routes.of(
          new Shared(
              new KnownDefinitions(none, () -> none, clock, message -> {}),
              book,
              new EngineDoor(
                  () -> {
                    throw new IllegalStateException("nobody connects");
                  }),
              reference -> "",
              new ControlTokens(new TreeMap<>(), new TreeMap<>(), reference -> ""),
              new Metrics(() -> 0),
              new Audit(System.err, clock),
              LockstepServer.Limits.DEFAULT,
              clock,
              message -> {},
              "http://localhost"));
    }
  }

  @Test
  void theOpenApiDocumentNamesEveryRouteAndNoOther() throws IOException {
    TreeSet<String> documented = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            routes().all().stream().map(route -> route.method() + " " + route.template()).toList());
  }

  private static JsonNode document() throws JsonProcessingException {
    return Wire.mapper().readTree(Reading.document());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/triggers/deploy-shop, /v1/triggers/{name}, deploy-shop",
    "GET, /v1/runs/backup/shop-nightly, /v1/runs/{run}, backup/shop-nightly",
    "GET, /v1/runs/customer-full-name, /v1/runs/{run}, customer-full-name",
    "POST, /v1/runs/customer-full-name/approve, /v1/runs/{run}/approve, customer-full-name",
    "POST, /v1/runs/backup/b/abort, /v1/runs/{run}/abort, backup/b",
    "GET, /health, /health, ''"
  })
  void findsTheRoute(String method, String path, String template, String variable)
      throws IOException {
    Routes.Found found = routes().find(method, path).orElseThrow();

    assertThat(found.route().template()).isEqualTo(template);
    assertThat(found.variable()).isEqualTo(variable);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/triggers/deploy-shop",
    "POST, /v1/triggers/Deploy",
    "POST, /v1/triggers/",
    "POST, /v1/triggers/a/b",
    "GET, /v1/runs/a/b/c/d",
    "GET, /v1/runs/%2e%2e",
    "GET, /"
  })
  void findsNothingElse(String method, String path) throws IOException {
    assertThat(routes().find(method, path)).isEmpty();
  }
}
