package dev.lockstep.deploy.bench.deliveries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.notice.Hmac;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/** Sends signed pushes as GitHub does. */
final class Sender {
  private static final Duration CALL = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final byte[] secret;
  private final String rest;

  /**
   * To that server.
   *
   * @param bytes about how large each body is
   */
  Sender(String address, String secret, int bytes) {
    this.address = address;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.rest = "x".repeat(bytes);
  }

  /**
   * What was answered.
   *
   * @param runId empty: not yet known
   */
  record Answer(int status, String runId, boolean duplicate) {}

  Answer send(String trigger, int number) throws IOException, InterruptedException {
    String body =
        "{\"ref\":\"refs/heads/main\",\"number\":%d,\"rest\":\"%s\"}".formatted(number, rest);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v1/triggers/" + trigger))
            .timeout(CALL)
            .header("X-GitHub-Event", "push")
            .header("X-GitHub-Delivery", "delivery-" + number)
            .header("X-Hub-Signature-256", "sha256=" + signature(body))
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> got = client.send(request, BodyHandlers.ofString());
    JsonNode answer = Wire.mapper().readTree(got.body());
    return new Answer(
        got.statusCode(),
        answer.path("runId").asText(),
        got.headers().firstValue("Lockstep-Duplicate").isPresent());
  }

  private String signature(String body) {
    return HexFormat.of().formatHex(Hmac.sha256(secret, body.getBytes(StandardCharsets.UTF_8)));
  }
}
