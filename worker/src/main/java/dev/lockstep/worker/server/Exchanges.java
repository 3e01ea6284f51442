package dev.lockstep.worker.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a request, asks its route, writes the answer. */
record Exchanges(Routes routes, Consumer<String> messages) {
  /** GitHub sends up to 25 MB; what a push tells fits into this many times over. */
  static final int LARGEST_BODY = 1 << 20;

  /** So much is read and thrown away, so that the sender comes to read the refusal. */
  private static final int LARGEST_REST = 8 << 20;

  private static final int CHUNK = 64 * 1024;

  void say(String message) {
    messages.accept(message);
  }

  /**
   * Answers it.
   *
   * @param free whether one more may be worked on
   */
  void answer(HttpExchange exchange, boolean free) throws IOException {
    String path = String.valueOf(exchange.getRequestURI().getRawPath());
    Optional<Routes.Found> found = routes.find(exchange.getRequestMethod(), path);
    if (found.isEmpty()) {
      boolean known = routes.knows(path);
      refuse(exchange, known ? 405 : 404, known ? "not with this method" : "there is nothing here");
      return;
    }
    if (found.get().route().counted() && !free) {
      send(exchange, Answer.later(503, "too many requests at once").with("Connection", "close"));
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      refuse(exchange, 413, "the body is larger than 1 MiB");
      return;
    }
    String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    Sent sent =
        new Sent(exchange.getRequestMethod(), path, query, exchange.getRequestHeaders(), body);
    send(exchange, answer(found.get(), sent));
  }

  private Answer answer(Routes.Found found, Sent sent) {
    try {
      return found.route().handler().answer(sent, found.variable());
    } catch (RuntimeException e) {
      // A missing secret of a control token names its place; anything else is a defect.
      messages.accept(sent.method() + " " + sent.path() + ": " + e);
      return e instanceof SecretMissingException
          ? Answer.later(503, "the server cannot check this request now")
          : Answer.error(500, "internal error; see the messages of the server");
    }
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    InputStream rest = exchange.getRequestBody();
    byte[] chunk = new byte[CHUNK];
    int read = 0;
    for (int more = 0; more >= 0 && read < LARGEST_REST; more = rest.read(chunk)) {
      read += more;
    }
    send(exchange, Answer.error(status, message).with("Connection", "close"));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      exchange.getResponseHeaders().set(header.getKey(), header.getValue());
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
