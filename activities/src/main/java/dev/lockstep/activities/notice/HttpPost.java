package dev.lockstep.activities.notice;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends by POST. Follows no redirect: what was meant for one receiver is not shown to another.
 * Neither the address nor what the receiver says gets into a message, nor into a cause.
 */
final class HttpPost {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY_REQUESTS = 429;

  private final Duration patience;
  private final Clock clock;
  private final HttpClient client;

  HttpPost(Duration patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /**
   * Returns when it was taken.
   *
   * @param who for people
   */
  void send(String who, String address, Body body) {
    HttpResponse<Void> answer = answer(who, request(who, address.strip(), body));
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    String said = who + " answered with HTTP status " + status;
    if (status < 500
        && status != REQUEST_TIMEOUT
        && status != TOO_EARLY
        && status != TOO_MANY_REQUESTS) {
      throw Faults.failure(FaultCode.RECEIVER_REFUSED, said, "");
    }
    throw answer
        .headers()
        .firstValue("Retry-After")
        .flatMap(text -> RetryAfter.read(text, clock.instant()))
        .map(delay -> Faults.later(FaultCode.RECEIVER_UNREACHABLE, said, delay))
        .orElseGet(() -> Faults.failure(FaultCode.RECEIVER_UNREACHABLE, said, ""));
  }

  private HttpRequest request(String who, String address, Body body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address))
              .timeout(patience)
              .header("Content-Type", body.type() + "; charset=UTF-8")
              .header("User-Agent", "lockstep")
              .POST(HttpRequest.BodyPublishers.ofString(body.text()));
      body.headers().forEach(request::header);
      return request.build();
    } catch (IllegalArgumentException e) {
      throw Faults.failure(
          FaultCode.RECEIVER_REFUSED,
          who + " has an address that is no http or https URL; it is not shown, being a secret",
          "");
    }
  }

  private HttpResponse<Void> answer(String who, HttpRequest request) {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      // The client's own time limit ends with the headers.
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw late(who);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable(who + " was not waited for");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause instanceof HttpTimeoutException
          ? late(who)
          : unreachable(who + " cannot be reached: " + kind(cause));
    }
  }

  private ApplicationFailure late(String who) {
    return unreachable(who + " did not answer within " + patience.toSeconds() + "s");
  }

  private static ApplicationFailure unreachable(String message) {
    return Faults.failure(FaultCode.RECEIVER_UNREACHABLE, message, "");
  }

  /** Messages of the client may hold the address. */
  private static String kind(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return cause instanceof IOException
        ? name.replaceFirst("Exception$", "").toLowerCase(Locale.ROOT) + " error"
        : name;
  }
}
