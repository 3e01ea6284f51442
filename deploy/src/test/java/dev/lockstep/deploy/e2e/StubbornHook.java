package dev.lockstep.deploy.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of notices that takes each only when it comes for the third time. */
final class StubbornHook implements AutoCloseable {
  /** How often each has to come. */
  static final int TRIES = 3;

  private static final String PATH = "/hook";

  private final List<String> got = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  StubbornHook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, this::answer);
    server.start();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    got.add(body);
    exchange.sendResponseHeaders(Collections.frequency(got, body) < TRIES ? 503 : 200, -1);
    exchange.close();
  }

  /** Every notice as often as it came. */
  List<String> got() {
    return List.copyOf(got);
  }

  /** Whether this notice came often enough. */
  boolean took(String notice) {
    return Collections.frequency(got, notice) == TRIES;
  }

  /** Answers everything with 404 from now on. */
  void refuse() {
    server.removeContext(PATH);
  }

  /** The environment of a process that tells it. */
  Map<String, String> environment() {
    return Map.of(
        "HOOK_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?hunter2");
  }

  /** The definition that belongs to that environment. */
  static String definition() {
    return """
        ---
        apiVersion: lockstep.dev/v1
        kind: Notification
        metadata: {name: ops}
        spec:
          on: [succeeded]
          to: {webhook: {url: {env: HOOK_URL}}}
          template: "it is ${state}"
        """;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
