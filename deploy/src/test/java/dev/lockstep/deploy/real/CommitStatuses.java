package dev.lockstep.deploy.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the states of commits as GitHub and GitLab do, for any repository. */
final class CommitStatuses implements AutoCloseable {
  private static final Set<String> FINAL = Set.of("failure", "failed", "success");

  private final HttpServer server;
  private final SortedMap<String, Integer> ends = new TreeMap<>();

  CommitStatuses() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often the end of a run was told, by the path and the name under which it is shown. */
  synchronized SortedMap<String, Integer> ends() {
    return new TreeMap<>(ends);
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode told = Wire.mapper().readTree(exchange.getRequestBody().readAllBytes());
      List<String> tokens = exchange.getRequestHeaders().getOrDefault("Private-Token", List.of());
      String bearer = exchange.getRequestHeaders().getFirst("Authorization");
      boolean known =
          tokens.contains(Deliveries.TOKEN) || ("Bearer " + Deliveries.TOKEN).equals(bearer);
      if (known && FINAL.contains(told.path("state").asText())) {
        String name = told.path("context").asText(told.path("name").asText());
        ends.merge(exchange.getRequestURI().getPath() + " " + name, 1, Integer::sum);
      }
      exchange.sendResponseHeaders(known ? 201 : 401, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
