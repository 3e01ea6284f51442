package dev.lockstep.activities.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A service of this machine that takes and gives JSON. */
final class JsonServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();

  private JsonServer(Service service) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> give(service, exchange));
    server.start();
  }

  /** What is asked. */
  record Question(String method, String path, Headers headers, JsonNode body) {}

  /** What is answered. */
  record Reply(int status, JsonNode body) {
    static Reply of(int status, Map<String, ?> body) {
      return new Reply(status, Wire.tree(body));
    }
  }

  /** Answers; one question at a time. */
  @FunctionalInterface
  interface Service {
    Reply answer(Question question);
  }

  static JsonServer of(Service service) {
    try {
      return new JsonServer(service);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many questions there were. */
  int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private synchronized void give(Service service, HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    Reply reply =
        service.answer(
            new Question(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders(),
                Wire.mapper().readTree(body.length == 0 ? new byte[] {'{', '}'} : body)));
    byte[] bytes = Wire.mapper().writeValueAsBytes(reply.body());
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
