package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated API server: HTTP on the loopback address, for callers that know its token. The
 * token keeps out other programs and web pages of the same machine.
 */
final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 4;
  private static final int TOKEN_BYTES = 16;

  private final Routes routes;
  private final String token;
  private final ExecutorService threads;
  private final int port;
  private @Nullable HttpServer server;
  private volatile @Nullable Refusal refusal;

  ApiServer(Routes routes) {
    this.routes = routes;
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    this.token = HexFormat.of().formatHex(random);
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "simulated-api");
              thread.setDaemon(true);
              return thread;
            });
    this.port = listen(0);
  }

  int port() {
    return port;
  }

  String token() {
    return token;
  }

  /** Answers every request with this, until told otherwise; null: works as usual. */
  void refuse(@Nullable Refusal everything) {
    refusal = everything;
  }

  /** Ends listening; connections are refused from now on. */
  synchronized void stopListening() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** Listens again, where it did before. */
  synchronized void listenAgain() {
    if (server == null) {
      listen(port);
    }
  }

  @Override
  public void close() {
    stopListening();
    threads.shutdownNow();
  }

  private synchronized int listen(int wanted) {
    try {
      HttpServer created =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
      created.createContext("/", this::handle);
      created.setExecutor(threads);
      created.start();
      server = created;
      return created.getAddress().getPort();
    } catch (IOException e) {
      throw new UncheckedIOException("the simulated API server cannot listen on 127.0.0.1", e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      requireToken(exchange);
      if (refusal != null) {
        throw refusal;
      }
      return routes.answer(
          new Routes.Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse(""),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    } catch (Refusal refused) {
      return failure(refused);
    } catch (RuntimeException defect) {
      LOG.error("the simulated API server failed", defect);
      return failure(new Refusal(500, "InternalError", String.valueOf(defect.getMessage())));
    }
  }

  private void requireToken(HttpExchange exchange) {
    String given =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8),
        ("Bearer " + token).getBytes(StandardCharsets.UTF_8))) {
      throw new Refusal(401, "Unauthorized", "Unauthorized");
    }
  }

  private static Answer failure(Refusal refused) {
    ObjectNode status = JSON.createObjectNode();
    status.put("apiVersion", "v1").put("kind", "Status").put("status", "Failure");
    status.put("message", refused.getMessage()).put("reason", refused.reason());
    status.put("code", refused.status());
    return new Answer(refused.status(), "application/json", status.toString());
  }

  /**
   * An answer.
   *
   * @param type of the body
   */
  record Answer(int status, String type, String body) {
    static Answer json(ObjectNode object) {
      return new Answer(200, "application/json", object.toString());
    }
  }
}
