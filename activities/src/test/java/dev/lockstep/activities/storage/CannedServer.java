package dev.lockstep.activities.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service that gives the same answer to whatever it is asked, and remembers what that was. */
public final class CannedServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private CannedServer(Answer answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> give(answer, exchange));
    server.start();
  }

  /**
   * What it answers.
   *
   * @param length that it promises; what is missing of the body is cut off
   */
  public record Answer(int status, Map<String, String> headers, String body, long length) {
    public static Answer of(int status, String body) {
      return new Answer(
          status,
          Map.of("Content-Type", "application/octet-stream"),
          body,
          body.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  public static CannedServer answering(Answer answer) {
    try {
      return new CannedServer(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method and path of each. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void give(Answer answer, HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    exchange.getRequestBody().readAllBytes();
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(
        answer.status(), head || answer.length() == 0 ? -1 : answer.length());
    if (!head) {
      exchange.getResponseBody().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }
    exchange.close();
  }
}
