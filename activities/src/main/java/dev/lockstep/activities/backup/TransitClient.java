package dev.lockstep.activities.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API of HashiCorp Vault and OpenBao. Follows no redirect, for the token would go with it.
 * Nothing that the server says gets into a message, nor into a cause.
 */
final class TransitClient {
  private static final int OK = 200;

  private final WrappingKey.Transit definition;
  private final String token;
  private final Access access;
  private final KeyTrouble trouble;

  /**
   * How it is asked.
   *
   * @param patience from the connection to the last byte
   */
  record Access(HttpClient http, Duration patience) {}

  TransitClient(WrappingKey.Transit definition, String token, Access access, KeyTrouble trouble) {
    this.definition = definition;
    this.token = token;
    this.access = access;
    this.trouble = trouble;
  }

  /**
   * The data of the answer.
   *
   * @param verb {@code encrypt} or {@code decrypt}
   * @throws GeneralSecurityException where the engine makes nothing of what it is given
   */
  JsonNode call(String verb, JsonNode body) throws GeneralSecurityException {
    HttpResponse<byte[]> answer = answer(request(verb, body));
    int status = answer.statusCode();
    if (status == OK) {
      return data(answer.body());
    }
    throw new TransitFaults(trouble, definition).failure(status, answer.body(), verb);
  }

  private HttpRequest request(String verb, JsonNode body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create(
                      "%s/v1/%s/%s/%s"
                          .formatted(
                              definition.address().replaceFirst("/+$", ""),
                              definition.mount(),
                              verb,
                              definition.key())))
              .timeout(access.patience())
              .header("Content-Type", "application/json")
              .header("X-Vault-Request", "true")
              .header("X-Vault-Token", token.strip())
              .POST(HttpRequest.BodyPublishers.ofByteArray(Documents.write(body)));
      definition.namespace().ifPresent(name -> request.header("X-Vault-Namespace", name));
      return request.build();
    } catch (IllegalArgumentException e) {
      // The exception quotes the header.
      throw trouble.wrong("its address or its token is none");
    }
  }

  /** The client's own time limit ends with the headers, hence one for all. */
  private HttpResponse<byte[]> answer(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        access.http().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer.get(access.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw trouble.away("no answer within " + access.patience().toSeconds() + "s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw trouble.away("it was not waited for");
    } catch (ExecutionException e) {
      throw unanswered(e);
    } finally {
      answer.cancel(true);
    }
  }

  private ApplicationFailure unanswered(ExecutionException failed) {
    for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return trouble.wrong("its certificate is not trusted; give the one that signs it as ca");
      }
    }
    return trouble.away("no answer");
  }

  private JsonNode data(byte[] body) {
    try {
      return Wire.mapper().readTree(body).path("data");
    } catch (IOException e) {
      throw trouble.wrong("its answer is no JSON; look at address and mount");
    }
  }
}
