package dev.lockstep.deploy.real;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;

/** A {@code lockstep server}, and GitHub as it sends to it. */
final class Deliveries implements AutoCloseable {
  static final String TOKEN = "token-of-ops";

  private static final String SECRET = "It's a Secret to Everybody";
  private static final Pattern LISTENING = Pattern.compile("listening at ([^ ]+) for");

  final Child server;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;

  /** Starts the server with the definitions of that folder. */
  Deliveries(Terminal terminal, Path definitions) throws IOException {
    this(terminal, definitions, Map.of());
  }

  /**
   * The same with more in its environment.
   *
   * @param options more words of the command
   */
  Deliveries(Terminal terminal, Path definitions, Map<String, String> more, String... options)
      throws IOException {
    Map<String, String> secrets = new HashMap<>(more);
    secrets.put("GITHUB_WEBHOOK_SECRET", SECRET);
    secrets.put("OPS", TOKEN);
    List<String> words = new ArrayList<>(List.of("server", "--listen", "127.0.0.1:0"));
    words.addAll(List.of("--definitions", definitions.toString()));
    words.addAll(List.of("--queue", definitions.resolveSibling("queue").toString()));
    words.addAll(List.of("--tokens", "ops=env:OPS"));
    words.addAll(List.of(options));
    server = terminal.start(words.toArray(String[]::new), secrets);
    address =
        Awaitility.await().atMost(Change.PATIENCE).until(this::listening, it -> !it.isEmpty());
  }

  private String listening() {
    if (!server.isAlive()) {
      throw new IllegalStateException(server.output());
    }
    Matcher found = LISTENING.matcher(server.output());
    return found.find() ? found.group(1) : "";
  }

  /** A signed push; the status and the body of the answer. */
  Answer push(String trigger, String id, String body) throws IOException, InterruptedException {
    return deliver(
        trigger,
        body,
        Map.of(
            "X-GitHub-Event",
            "push",
            "X-GitHub-Delivery",
            id,
            "X-Hub-Signature-256",
            "sha256=" + signature(body)));
  }

  /** A delivery with these headers. */
  Answer deliver(String trigger, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri("/v1/triggers/" + trigger));
    headers.forEach(request::header);
    return send(request.POST(BodyPublishers.ofString(body)));
  }

  /** The same until the answer has the id of the run. */
  String runOf(String trigger, String id, String body) {
    return Awaitility.await()
        .atMost(Change.PATIENCE)
        .until(
            () -> push(trigger, id, body).body().path("runId").asText(), runId -> !runId.isEmpty());
  }

  /** Its address. */
  String url() {
    return "http://" + address;
  }

  /** What the server says of a run, to somebody with the token. */
  Answer status(String run) throws IOException, InterruptedException {
    return send(authorized("/v1/runs/" + run).GET());
  }

  /** Tells a run something, with the token. */
  Answer tell(String run, String action, String body) throws IOException, InterruptedException {
    return send(authorized("/v1/runs/" + run + "/" + action).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder authorized(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TOKEN);
  }

  private URI uri(String path) {
    return URI.create(url() + path);
  }

  /** An answer. */
  record Answer(int status, JsonNode body) {}

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> got =
        client.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
    return new Answer(got.statusCode(), Wire.mapper().readTree(got.body()));
  }

  private static String signature(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    server.close();
  }
}
