package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.testbed.Testbed;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The key management services of the testbed. */
enum KeyServer {
  AWS(
      "LOCKSTEP_TESTBED_AWSKMS",
      "awskms",
      "{aws: {keyId: \"KEY\", region: eu-west-3, endpoint: \"ADDRESS\","
          + " credentials: {files: {accessKey: \"FOLDER/login\", secretKey: \"FOLDER/word\"}}}}") {
    @Override
    String make(String address) throws IOException, InterruptedException {
      String answer = ask(address, "CreateKey", "{}");
      return Wire.mapper().readTree(answer).path("KeyMetadata").path("Arn").asText();
    }

    @Override
    void withdraw(String address, String key) throws IOException, InterruptedException {
      ask(address, "DisableKey", "{\"KeyId\": \"" + key + "\"}");
    }

    @Override
    String login() {
      return "testbed";
    }

    private static String ask(String address, String verb, String body)
        throws IOException, InterruptedException {
      return KeyServer.ask(
          HttpRequest.newBuilder(URI.create(address))
              .header("Content-Type", "application/x-amz-json-1.1")
              .header("X-Amz-Target", "TrentService." + verb)
              .header("Authorization", "AWS4-HMAC-SHA256 Credential=testbed/")
              .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
  },
  VAULT(
      "LOCKSTEP_TESTBED_TRANSIT",
      "transit",
      "{vault: {address: \"ADDRESS\", key: \"KEY\", token: {file: \"FOLDER/login\"}}}") {
    @Override
    String make(String address) throws IOException, InterruptedException {
      String name = "key-" + UUID.randomUUID();
      ask(address, name, "{\"type\": \"aes256-gcm96\"}");
      return name;
    }

    @Override
    void withdraw(String address, String key) throws IOException, InterruptedException {
      ask(address, key + "/rotate", "{}");
      ask(address, key + "/config", "{\"min_decryption_version\": 2}");
    }

    @Override
    String login() {
      return "testbed-backups";
    }

    private static void ask(String address, String path, String body)
        throws IOException, InterruptedException {
      KeyServer.ask(
          HttpRequest.newBuilder(URI.create(address + "/v1/transit/keys/" + path))
              .header("X-Vault-Token", "testbed-root")
              .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
  };

  /** A login that may do nothing. */
  static final String FORBIDDEN = "testbed-forbidden";

  final String variable;

  /** Of the testbed, and of its server. */
  final String part;

  private final String form;

  KeyServer(String variable, String part, String form) {
    this.variable = variable;
    this.part = part;
    this.form = form;
  }

  /** Makes a key; what a definition calls it. */
  abstract String make(String address) throws IOException, InterruptedException;

  /** Lets it open nothing any more that it wrapped. */
  abstract void withdraw(String address, String key) throws IOException, InterruptedException;

  /** One that may use keys. */
  abstract String login();

  String address(Testbed testbed) {
    return testbed.value(variable, part);
  }

  /** The key as a store names it, whose login lies in that folder. */
  String kms(String address, String key, Path folder) throws IOException {
    Path mine = Files.createDirectories(folder.resolve(part));
    Files.writeString(mine.resolve("login"), login());
    Files.writeString(mine.resolve("word"), "a secret key");
    return "kms: "
        + form.replace("ADDRESS", address).replace("KEY", key).replace("FOLDER", mine.toString());
  }

  private static String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    return answer.body();
  }
}
