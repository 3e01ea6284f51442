package dev.lockstep.activities.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers as it is told, and with 200 after that. */
final class HttpReceiver implements AutoCloseable {
  /** Stands for no answer at all. */
  static final int HANGS = 0;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Post> posts = new CopyOnWriteArrayList<>();

  /** What it got. */
  record Post(Headers headers, String text) {
    JsonNode json() {
      try {
        return Wire.mapper().readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  HttpReceiver(Integer... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    posts.add(new Post(exchange.getRequestHeaders(), new String(body, StandardCharsets.UTF_8)));
    int status = next();
    if (status == HANGS) {
      awaitClose();
      return;
    }
    exchange.getResponseHeaders().add("Retry-After", "7");
    exchange.getResponseHeaders().add("Location", url());
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private synchronized int next() {
    return answers.isEmpty() ? 200 : answers.removeFirst();
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook/hunter2";
  }

  List<Post> posts() {
    return posts;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
