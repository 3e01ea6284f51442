package dev.lockstep.activities.postgres.health;

import dev.lockstep.activities.connection.TokenReader;
import dev.lockstep.definitions.model.Signal;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A number that Prometheus gives. Redirections are not followed, for the token would go with them.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries">Instant
 *     queries</a>
 */
final class PrometheusSignal implements HealthSignal {
  private static final int OK = 200;

  private final Maximum maximum;
  private final Signal.Prometheus source;
  private final Client client;
  private Optional<String> token = Optional.empty();

  /**
   * How it is asked.
   *
   * @param timeout of one question, from the connection to the last byte
   */
  record Client(HttpClient http, TokenReader tokens, Duration timeout) {}

  PrometheusSignal(Maximum maximum, Signal.Prometheus source, Client client) {
    this.maximum = maximum;
    this.source = source;
    this.client = client;
  }

  @Override
  public String name() {
    return maximum.name();
  }

  @Override
  public Optional<String> concern(Handle handle) {
    HttpResponse<byte[]> response = answer(request());
    if (response.statusCode() != OK) {
      // It may have been rotated.
      token = Optional.empty();
      throw failed("Prometheus answers with status " + response.statusCode());
    }
    return maximum.concern(
        PrometheusAnswer.highest(response.body()).orElseThrow(() -> failed("it has no value")));
  }

  private HttpRequest request() {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address()).timeout(client.timeout()).GET();
      token().ifPresent(value -> request.header("Authorization", "Bearer " + value));
      return request.build();
    } catch (IllegalArgumentException e) {
      // The exception quotes the header.
      throw failed("its address or its token is none");
    }
  }

  private URI address() {
    String base = source.url().replaceFirst("/+$", "");
    return URI.create(
        base + "/api/v1/query?query=" + URLEncoder.encode(source.query(), StandardCharsets.UTF_8));
  }

  private Optional<String> token() {
    try {
      if (token.isEmpty()) {
        token = source.token().map(client.tokens()::read);
      }
      return token;
    } catch (ApplicationFailure e) {
      throw failed(String.valueOf(e.getOriginalMessage()));
    }
  }

  /** The request's own time limit ends with the first byte of the answer, hence one for all. */
  private HttpResponse<byte[]> answer(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.http().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer.get(client.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failed("no answer within %s ms".formatted(client.timeout().toMillis()));
    } catch (ExecutionException e) {
      @Nullable Throwable cause = e.getCause();
      throw failed(
          cause instanceof java.net.http.HttpTimeoutException
              ? "no answer within %s ms".formatted(client.timeout().toMillis())
              : "Prometheus does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("the worker stops");
    } finally {
      answer.cancel(true);
    }
  }

  private UnreadableException failed(String why) {
    return UnreadableException.failed(name() + " cannot be read: " + why);
  }
}
