package dev.lockstep.worker.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What anybody may read. */
final class Reading {
  private final Shared shared;

  Reading(Shared shared) {
    this.shared = shared;
  }

  /** It is well as long as it takes deliveries, which it does without the Temporal service, too. */
  Answer health(Sent sent, String unused) {
    boolean full = shared.book().waiting() >= shared.limits().waiting();
    return Answer.json(
        full ? 503 : 200,
        Answer.object()
            .put("status", full ? "full" : "ok")
            .put(
                "temporal", shared.door().connected().isPresent() ? "connected" : "not reached yet")
            .put("queue", shared.book().waiting()));
  }

  Answer metrics(Sent sent, String unused) {
    return Answer.text(Metrics.TYPE, shared.metrics().text());
  }

  Answer openApi(Sent sent, String unused) {
    return Answer.text("application/json", document());
  }

  static String document() {
    try (InputStream stream =
        Objects.requireNonNull(Reading.class.getResourceAsStream("/openapi.json"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
