package dev.lockstep.deploy.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a real object store and hands everything through, until it is told to refuse. Each
 * request goes over a connection of its own and keeps its Host, which signatures cover.
 */
final class HttpFront implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 << 10;
  private static final byte[] LINE = {'\r', '\n'};

  private final URI behind;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong written = new AtomicLong();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private volatile Optional<Trouble> trouble = Optional.empty();

  private HttpFront(URI behind) throws IOException {
    this.behind = behind;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /**
   * What is wrong from a moment on.
   *
   * @param after bytes of bodies that were written before it begins; it begins within the request
   *     that crosses them
   * @param answer what every request gets from then on; absent: the server itself answers, to a
   *     login that is not the right one any more
   */
  record Trouble(long after, Optional<Answer> answer) {}

  /** An answer without asking the server. */
  record Answer(int status, Map<String, String> headers, String body) {}

  static HttpFront before(String address) throws IOException {
    return new HttpFront(URI.create(address));
  }

  /** The address of the server, with this one in its place. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + behind.getPath();
  }

  /** Begins once so many more bytes were written. */
  void trouble(Trouble next) {
    written.set(0);
    refused.clear();
    trouble = Optional.of(next);
  }

  void calm() {
    trouble = Optional.empty();
  }

  /** Method and path of each request since the trouble began. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange;
        Socket socket = new Socket(behind.getHost(), behind.getPort())) {
      Optional<Trouble> now = trouble.filter(it -> written.get() >= it.after());
      if (now.isPresent()) {
        refused.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        if (now.get().answer().isPresent()) {
          exchange.getRequestBody().readAllBytes();
          give(exchange, now.get().answer().get());
          return;
        }
      }
      OutputStream to = socket.getOutputStream();
      to.write(head(exchange, now.isPresent()).getBytes(StandardCharsets.ISO_8859_1));
      if (copyBody(exchange, to)) {
        relay(exchange, new BufferedInputStream(socket.getInputStream()));
      }
    } catch (IOException e) {
      // The client or the server went away: each of them sees its connection end.
      exchange.close();
    }
  }

  /** HTTP 1.0, so that the answer is neither chunked nor followed by another one. */
  private String head(HttpExchange exchange, boolean spoiled) {
    StringBuilder head = new StringBuilder();
    head.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
    head.append(" HTTP/1.0\r\n");
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                values.stream()
                    .filter(value -> !name.equalsIgnoreCase("Connection"))
                    .forEach(
                        value ->
                            head.append(name)
                                .append(": ")
                                .append(spoiled ? spoil(name, value) : value)
                                .append("\r\n")));
    return head.append("Connection: close\r\n\r\n").toString();
  }

  /** As if somebody had changed the keys meanwhile: the signature is another one. */
  private static String spoil(String name, String value) {
    if (!name.equalsIgnoreCase("Authorization")) {
      return value;
    }
    int last =
        value.endsWith("=") ? value.indexOf('=', value.length() - 2) - 2 : value.length() - 2;
    char other = value.charAt(last) == '0' ? '1' : '0';
    return value.substring(0, last) + other + value.substring(last + 1);
  }

  /** Whether the whole body went through. */
  private boolean copyBody(HttpExchange exchange, OutputStream to) throws IOException {
    InputStream body = exchange.getRequestBody();
    byte[] buffer = new byte[BUFFER_BYTES];
    int count = body.read(buffer);
    while (count >= 0) {
      to.write(buffer, 0, count);
      long sum = written.addAndGet(count);
      Optional<Answer> cut = trouble.filter(it -> sum >= it.after()).flatMap(Trouble::answer);
      if (cut.isPresent()) {
        refused.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        body.transferTo(OutputStream.nullOutputStream());
        give(exchange, cut.get());
        return false;
      }
      count = body.read(buffer);
    }
    to.flush();
    return true;
  }

  private static void give(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean none = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(answer.status(), none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void relay(HttpExchange exchange, InputStream from) throws IOException {
    int status = Integer.parseInt(line(from).split(" ", -1)[1]);
    long length = -1;
    boolean chunked = false;
    for (String header = line(from); !header.isEmpty(); header = line(from)) {
      String name = header.substring(0, header.indexOf(':'));
      String value = header.substring(header.indexOf(':') + 1).strip();
      if (name.equalsIgnoreCase("Content-Length")) {
        length = Long.parseLong(value);
      }
      if (name.equalsIgnoreCase("Transfer-Encoding")) {
        chunked = true;
      } else if (!name.equalsIgnoreCase("Connection")) {
        exchange.getResponseHeaders().add(name, value);
      }
    }
    if (chunked) {
      throw new IOException("an answer to HTTP 1.0 in chunks");
    }
    boolean none = exchange.getRequestMethod().equals("HEAD") || status == 204 || status == 304;
    exchange.sendResponseHeaders(status, none || length == 0 ? -1 : Math.max(0, length));
    if (!none && length != 0) {
      from.transferTo(exchange.getResponseBody());
    }
  }

  private static String line(InputStream from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = from.read();
    while (next >= 0 && next != LINE[1]) {
      if (next != LINE[0]) {
        line.write(next);
      }
      next = from.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
