package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes states of commits as GitHub does. */
final class StatusReceiver implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger failures;
  private final int refusal;
  private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();

  private StatusReceiver(int failures, int refusal) throws IOException {
    this.failures = new AtomicInteger(failures);
    this.refusal = refusal;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** One that fails so often first. */
  static StatusReceiver start(int failures) throws IOException {
    return new StatusReceiver(failures, 201);
  }

  /** One that answers each request with that status. */
  static StatusReceiver refusing(int status) throws IOException {
    return new StatusReceiver(0, status);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = Wire.mapper().readTree(exchange.getRequestBody().readAllBytes());
      String scheme = exchange.getRequestHeaders().getFirst("Authorization");
      boolean fails = failures.getAndDecrement() > 0;
      if (!fails && refusal == 201) {
        paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + scheme);
        taken.add(body);
      }
      exchange.sendResponseHeaders(fails ? 502 : refusal, -1);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<JsonNode> taken() {
    return taken;
  }

  List<String> states() {
    return taken.stream().map(body -> body.path("state").asText()).toList();
  }

  /** Method, path and what authorized it. */
  List<String> paths() {
    return paths;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
