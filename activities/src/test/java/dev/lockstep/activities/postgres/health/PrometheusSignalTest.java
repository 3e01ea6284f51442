package dev.lockstep.activities.postgres.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrometheusSignalTest {
  private static final String TOKEN = "hunter2";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** For a server that never answers in whole. */
  private static final Duration IMPATIENCE = Duration.ofMillis(500);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final SignalFixture fixture = new SignalFixture();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String body = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/base/api/v1/query", this::answer);
    server.createContext("/slow/api/v1/query", exchange -> await());
    server.createContext("/drip/api/v1/query", this::drip);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
    fixture.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8)
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1000);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    await();
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HealthSignal signal(String path, Optional<SecretReference> token) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    return new PrometheusSignal(
        new Maximum("signal errors", 0.5),
        new Signal.Prometheus(url, "sum(rate(errors[5m])) > 0", token),
        new PrometheusSignal.Client(
            HttpClient.newHttpClient(),
            fixture.databases.tokens(),
            path.startsWith("/base") ? PATIENCE : IMPATIENCE));
  }

  private Optional<String> concern() {
    return fixture.concern(signal("/base/", Optional.empty()));
  }

  private static String vector(String... values) {
    List<String> series = new ArrayList<>();
    for (String value : values) {
      series.add("{\"metric\":{\"job\":\"web\"},\"value\":[1764000000.781,\"" + value + "\"]}");
    }
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
        + String.join(",", series)
        + "]}}";
  }

  @Test
  void aValueWithinTheLimitIsNoConcern() {
    body = vector("0.1", "0.5", "-Inf");
    assertThat(concern()).isEmpty();
    assertThat(asked).containsExactly("query=sum(rate(errors[5m])) > 0 null");
  }

  @Test
  void theHighestOfSeveralSeriesCounts() {
    body = vector("0.1", "0.75", "0.2");
    assertThat(concern()).contains("signal errors is 0.75, limit 0.5");
    body = vector("+Inf");
    assertThat(concern()).contains("signal errors is infinite, limit 0.5");
  }

  @Test
  void aScalarIsAValue() {
    body =
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1764000000,\"2\"]}}";
    assertThat(concern()).contains("signal errors is 2, limit 0.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "<html>",
        "[]",
        "{\"status\":\"error\",\"error\":\"hunter2\"}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"2\"]}}"
      })
  void anAnswerWithoutValueIsUnreadable(String answer) {
    body = answer;
    assertThatThrownBy(this::concern)
        .isInstanceOf(UnreadableException.class)
        .hasMessage("signal errors cannot be read: it has no value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "hunter2", ""})
  void aValueThatIsNoNumberDoesNotHideBehindAnother(String value) {
    body = vector("0.1", value, "0.9");
    assertThatThrownBy(this::concern).hasMessage("signal errors is not a number (NaN)");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 422, 500, 503})
  void anyOtherStatusIsUnreadable(int wrong) {
    status = wrong;
    body = vector("0.1");
    assertThatThrownBy(this::concern)
        .hasMessage("signal errors cannot be read: Prometheus answers with status " + wrong);
  }

  @ParameterizedTest
  @CsvSource({"/slow", "/drip"})
  void aSlowAnswerIsNotAwaitedForLong(String path) {
    assertThatThrownBy(() -> fixture.concern(signal(path, Optional.empty())))
        .hasMessage("signal errors cannot be read: no answer within 500 ms");
  }

  @Test
  void noServerIsUnreadable() {
    server.stop(0);
    assertThatThrownBy(this::concern)
        .hasMessage("signal errors cannot be read: Prometheus does not answer");
  }

  @Test
  void theTokenIsReadWhereItIsAndAgainWhenItIsRefused() {
    HealthSignal signal =
        signal("/base", Optional.of(new SecretReference.Variable("PROMETHEUS_TOKEN")));
    TestServer.environment().put("PROMETHEUS_TOKEN", TOKEN);
    body = vector("0");
    assertThat(fixture.concern(signal)).isEmpty();
    TestServer.environment().put("PROMETHEUS_TOKEN", "rotated");
    assertThat(fixture.concern(signal)).isEmpty();
    status = 401;
    assertThatThrownBy(() -> fixture.concern(signal)).hasMessageNotContaining(TOKEN);
    status = 200;
    assertThat(fixture.concern(signal)).isEmpty();

    assertThat(asked.stream().map(line -> line.replaceFirst(".* Bearer ", "")))
        .containsExactly(TOKEN, TOKEN, TOKEN, "rotated");
  }

  @Test
  void aTokenThatIsNotThereOrNoneIsToldWithoutItsValue() {
    SecretReference missing = new SecretReference.File("/nowhere/token");
    assertThatThrownBy(() -> fixture.concern(signal("/base", Optional.of(missing))))
        .hasMessage(
            "signal errors cannot be read: file /nowhere/token cannot be read by the worker");

    TestServer.environment().put("BROKEN_TOKEN", TOKEN + "\nHost: elsewhere");
    SecretReference broken = new SecretReference.Variable("BROKEN_TOKEN");
    assertThatThrownBy(() -> fixture.concern(signal("/base", Optional.of(broken))))
        .hasMessage("signal errors cannot be read: its address or its token is none");
  }
}
