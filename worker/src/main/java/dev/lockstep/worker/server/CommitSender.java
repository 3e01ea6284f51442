package dev.lockstep.worker.server;

import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.SecretReference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/** Sends states of commits to GitHub and GitLab. */
final class CommitSender {
  private static final Duration CALL = Duration.ofSeconds(20);

  /** Too many requests, also as GitHub says it; a request that took too long. */
  private static final Set<Integer> LATER = Set.of(403, 408, 425, 429);

  private final Function<SecretReference, String> secrets;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CALL)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  CommitSender(Function<SecretReference, String> secrets) {
    this.secrets = secrets;
  }

  /** What became of it. */
  enum Sent {
    /** It is shown. */
    TAKEN,
    /** Perhaps the next time. */
    LATER,
    /** Never. */
    REFUSED
  }

  /**
   * Sends it once.
   *
   * @throws IOException without an answer; the message has no secret
   */
  Sent send(CommitReport report, Delivery.Commit commit, CommitState state, Shown shown)
      throws IOException, InterruptedException {
    URI address = URI.create(report.api() + CommitState.path(report.service(), commit));
    String body = state.body(report.service(), shown.name(), shown.link()).toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(CALL)
            .header("Content-Type", "application/json")
            .header("User-Agent", "lockstep")
            .POST(BodyPublishers.ofString(body));
    String token = secrets.apply(report.token());
    switch (report.service()) {
      case GITHUB ->
          request
              .header("Authorization", "Bearer " + token)
              .header("Accept", "application/vnd.github+json")
              .header("X-GitHub-Api-Version", "2022-11-28");
      case GITLAB -> request.header("PRIVATE-TOKEN", token);
    }
    int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
    if (status < 300) {
      return Sent.TAKEN;
    }
    // GitLab refuses to set the state that there is: the one before was taken, its answer lost.
    boolean again = status == 400 && !state.isFinal();
    if (again) {
      return Sent.TAKEN;
    }
    return status >= 500 || LATER.contains(status) ? Sent.LATER : Sent.REFUSED;
  }

  /** What people see: a name, and a link to the run. */
  record Shown(String name, String link) {}
}
