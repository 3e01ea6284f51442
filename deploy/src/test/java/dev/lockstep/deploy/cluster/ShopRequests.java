package dev.lockstep.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Single requests to the shop: half of them reads, two fifths updates, the others inserts. An
 * answer is checked against what was written before. Nothing is sent twice: the build sets {@code
 * jdk.httpclient.redirects.retrylimit} and {@code jdk.httpclient.disableRetryConnect}, without
 * which the JDK's client repeats a read whose connection broke.
 */
final class ShopRequests {
  /** One client keeps one connection, and a connection leads to one pod. */
  private static final int CLIENTS = 8;

  private static final double READS = 0.5;
  private static final double UPDATES = 0.4;

  /** Slower than any user would wait. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(15);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI shop;
  private final ShopTable table;
  private final ExpectedRows rows;
  private final List<HttpClient> clients;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Map<String, Long> answersByVersion = new ConcurrentHashMap<>();
  private final Map<String, Long> answersByPod = new ConcurrentHashMap<>();

  /**
   * For the Service at an address.
   *
   * @param executor for what comes back
   */
  ShopRequests(URI shop, ShopTable table, ExpectedRows rows, Executor executor) {
    this.shop = shop;
    this.table = table;
    this.rows = rows;
    if (!"1".equals(System.getProperty("jdk.httpclient.redirects.retrylimit"))) {
      throw new IllegalStateException(
          "start this JVM with -Djdk.httpclient.redirects.retrylimit=1: else requests are retried");
    }
    this.clients =
        Stream.generate(
                () ->
                    HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIME_LIMIT)
                        .executor(executor)
                        .build())
            .limit(CLIENTS)
            .toList();
  }

  /**
   * Sends the next request. To be called by one thread.
   *
   * @return what was wrong with it; empty: nothing
   */
  CompletableFuture<Optional<String>> send() {
    double dice = random.nextDouble();
    if (dice < READS) {
      return read(rows.take(random));
    }
    String value = table.made().apply(random.nextLong());
    return dice < READS + UPDATES ? update(rows.take(random), value) : insert(value);
  }

  /** How many right answers came from each version. */
  Map<String, Long> answersByVersion() {
    return Map.copyOf(answersByVersion);
  }

  /** How many right answers came from each pod. */
  Map<String, Long> answersByPod() {
    return Map.copyOf(answersByPod);
  }

  private CompletableFuture<Optional<String>> read(long id) {
    return exchange(request("/" + id).GET().build(), 200)
        .thenApply(
            answer -> {
              String right = rows.value(id);
              String seen = answer.path("name").asText();
              rows.release(id);
              return seen.equals(right)
                  ? Optional.<String>empty()
                  : Optional.of("row %d is '%s', written was '%s'".formatted(id, seen, right));
            })
        .exceptionally(
            failure -> {
              rows.release(id);
              return Optional.of(text("GET " + id, failure));
            });
  }

  private CompletableFuture<Optional<String>> update(long id, String value) {
    return exchange(request("/" + id).PUT(named(value)).build(), 200)
        .thenApply(
            answer -> {
              rows.wrote(id, value);
              return Optional.<String>empty();
            })
        .exceptionally(failure -> Optional.of(text("PUT " + id, failure)));
  }

  private CompletableFuture<Optional<String>> insert(String value) {
    return exchange(request("").POST(named(value)).build(), 201)
        .thenApply(
            answer -> {
              rows.inserted(answer.path("id").asLong(), value);
              return Optional.<String>empty();
            })
        .exceptionally(failure -> Optional.of(text("POST", failure)));
  }

  private CompletableFuture<JsonNode> exchange(HttpRequest request, int right) {
    HttpClient client = clients.get(random.nextInt(CLIENTS));
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(answer -> checked(answer, right));
  }

  private JsonNode checked(HttpResponse<String> answer, int right) {
    String version = answer.headers().firstValue("X-Shop-Version").orElse("?");
    String pod = answer.headers().firstValue("X-Shop-Pod").orElse("?");
    if (answer.statusCode() != right) {
      throw new WrongAnswer(
          "%d from version %s in %s: %s"
              .formatted(answer.statusCode(), version, pod, answer.body()));
    }
    answersByVersion.merge(version, 1L, Long::sum);
    answersByPod.merge(pod, 1L, Long::sum);
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String row) {
    return HttpRequest.newBuilder(shop.resolve(table.path() + row)).timeout(TIME_LIMIT);
  }

  private static HttpRequest.BodyPublisher named(String value) {
    return HttpRequest.BodyPublishers.ofString("{\"name\":\"" + value + "\"}");
  }

  private static String text(String what, Throwable failure) {
    Throwable cause = failure;
    StringBuilder text = new StringBuilder(what);
    while (cause != null) {
      text.append(": ").append(cause);
      cause = cause.getCause();
    }
    return text.toString();
  }

  /** Another status than the right one. */
  private static final class WrongAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongAnswer(String message) {
      super(message);
    }
  }
}
