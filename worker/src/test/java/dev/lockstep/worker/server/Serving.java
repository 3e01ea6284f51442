package dev.lockstep.worker.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.notice.Hmac;
import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.workflows.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A server in this process, and somebody who sends to it. */
final class Serving implements AutoCloseable {
  static final String SECRET = "It's a Secret to Everybody";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final LockstepServer server;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream audit = new ByteArrayOutputStream();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Serving(Path queue, LockstepServer.Limits limits, Callable<EngineConnection> engine)
      throws IOException {
    this(queue, limits, engine, UnaryOperator.identity());
  }

  /**
   * The same with other definitions.
   *
   * @param edit what is to be different
   */
  Serving(
      Path queue,
      LockstepServer.Limits limits,
      Callable<EngineConnection> engine,
      UnaryOperator<String> edit)
      throws IOException {
    this(queue, limits, engine, edit, Optional.empty());
  }

  /**
   * The same behind TLS.
   *
   * @param certificate absent: without
   */
  Serving(
      Path queue,
      LockstepServer.Limits limits,
      Callable<EngineConnection> engine,
      UnaryOperator<String> edit,
      Optional<LockstepServer.Certificate> certificate)
      throws IOException {
    Definitions definitions =
        Definitions.load(List.of(Source.ofText("shop.yaml", edit.apply(definitions()))));
    TreeMap<String, SecretReference> controllers = new TreeMap<>();
    controllers.put("ops", new SecretReference.Variable("OPS"));
    TreeMap<String, SecretReference> readers = new TreeMap<>();
    readers.put("ci", new SecretReference.Variable("CI"));
    server =
        LockstepServer.start(
            new LockstepServer.Parts(
                new LockstepServer.Listen(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Optional.of("https://lockstep.example/"),
                    certificate),
                new LockstepServer.Known(definitions, () -> definitions),
                new LockstepServer.Tokens(controllers, readers),
                limits,
                queue,
                engine,
                Serving::secret,
                new PrintStream(audit, true, StandardCharsets.UTF_8),
                said::add));
  }

  /** What the people who run it were told, but that a service was away. */
  List<String> said() {
    return said.stream().filter(message -> !message.contains("deliveries wait")).toList();
  }

  int port() {
    return server.address().getPort();
  }

  /** The example, and triggers of the other kinds beside its own. */
  static String definitions() {
    return Examples.named("34-trigger.yaml").text()
        + """
        ---
        apiVersion: lockstep.dev/v1
        kind: Trigger
        metadata: {name: timed}
        spec:
          run: {kind: Backup, name: shop-nightly}
          auth: {hmac: {header: X-Signature, secret: {env: S}, timestampHeader: X-Time}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Trigger
        metadata: {name: token}
        spec:
          run: {kind: Backup, name: shop-nightly}
          auth: {bearer: {token: {env: S}}}
        ---
        """
        + Examples.named("35-trigger-deploy.yaml").text().split("(?m)^---$", 2)[1];
  }

  private static String secret(SecretReference reference) {
    String name = ((SecretReference.Variable) reference).name();
    return List.of("OPS", "CI").contains(name) ? "token-of-" + name : SECRET;
  }

  String audit() {
    return audit.toString(StandardCharsets.UTF_8);
  }

  /** An answer: its status, and its body where that is JSON. */
  record Got(int status, JsonNode body, HttpResponse<String> response) {}

  Got send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(
        client,
        URI.create("http://127.0.0.1:" + server.address().getPort() + path),
        method,
        body,
        headers);
  }

  static Got send(HttpClient client, URI uri, String method, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Got(response.statusCode(), tree(response.body()), response);
  }

  private static JsonNode tree(String body) {
    try {
      return Wire.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      return Answer.object();
    }
  }

  /** Before that, deliveries are taken too, but wait. */
  Serving connected() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                send("GET", "/health", new byte[0])
                    .body()
                    .path("temporal")
                    .asText()
                    .equals("connected"));
    return this;
  }

  Got push(String id, String body) throws IOException, InterruptedException {
    return push(id, body, "X-GitHub-Event", "push");
  }

  Got push(String id, String body, String... more) throws IOException, InterruptedException {
    return deliver("backup-shop", id, body, more);
  }

  /** A signed delivery of GitHub to that trigger. */
  Got deliver(String trigger, String id, String body, String... more)
      throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String[] headers = new String[more.length + 4];
    headers[0] = "X-GitHub-Delivery";
    headers[1] = id;
    headers[2] = "X-Hub-Signature-256";
    headers[3] = signature(bytes);
    System.arraycopy(more, 0, headers, 4, more.length);
    return send("POST", "/v1/triggers/" + trigger, bytes, headers);
  }

  /** Sends it until its run is known; how long that takes is the machine's matter. */
  Got started(String id, String body) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> push(id, body), got -> got.body().path("status").asText().equals("started"));
  }

  static String signature(byte[] body) {
    return "sha256=" + Signatures.hex(Hmac.sha256(SECRET.getBytes(StandardCharsets.UTF_8), body));
  }

  /** A push to main that is told from others. */
  static String main(int number) {
    return "{\"ref\":\"refs/heads/main\",\"number\":" + number + "}";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
