package dev.lockstep.worker.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.worker.server.Delivery.Settled;
import dev.lockstep.worker.server.DeliveryBook.Entry;
import dev.lockstep.worker.server.DeliveryBook.Taken;
import dev.lockstep.worker.server.Verdict.Proven;
import dev.lockstep.worker.server.Verdict.Reason;
import dev.lockstep.worker.server.Verdict.Refused;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers deliveries.
 *
 * <ol>
 *   <li>Proof before anything else. Whoever has none learns nothing, not even whether there is such
 *       a trigger; a flood of such deliveries takes nothing from the rate of true ones.
 *   <li>The body is read only then, and forgotten after the filter.
 *   <li>The delivery is on the disk before it is answered.
 *   <li>The answer waits a moment for the run's id, not longer, and not where many wait already.
 * </ol>
 */
final class TriggerRoute {
  private static final String UNKNOWN = "unknown";
  private static final Duration FOR_THE_RUN = Duration.ofMillis(500);
  private static final Duration FOR_THE_DISK = Duration.ofSeconds(10);
  private static final int LONGEST_ID = 200;

  private final Shared shared;

  /**
   * Those that wait for their run at a time; the others are answered at once, however many come.
   */
  private final Semaphore patient;

  private final Map<String, RateLimit> rates = new ConcurrentHashMap<>();
  private final Map<String, RateLimit> refusals = new ConcurrentHashMap<>();

  TriggerRoute(Shared shared) {
    this.shared = shared;
    this.patient = new Semaphore(Math.max(1, shared.limits().atOnce() / 8));
  }

  Answer answer(Sent sent, String name) {
    Optional<Trigger> trigger = shared.definitions().trigger(name);
    if (trigger.isEmpty()) {
      return refused(UNKNOWN, Reason.WRONG);
    }
    Verdict verdict;
    try {
      verdict =
          trigger.get().auth().accept(new Authenticator(sent, shared.secrets(), shared.clock()));
    } catch (SecretMissingException e) {
      shared.messages().accept("trigger " + name + ": " + e.getMessage());
      shared.metrics().delivery(name, "secret_missing");
      return Answer.later(503, "the server cannot check this delivery now");
    }
    if (verdict instanceof Refused refused) {
      return refused(name, refused.reason());
    }
    if (!rate(rates, name)) {
      shared.metrics().delivery(name, "too_many");
      return Answer.later(429, "more deliveries than this trigger may have")
          .with("Retry-After", "1");
    }
    return proven(sent, trigger.get(), (Proven) verdict);
  }

  private Answer refused(String trigger, Reason reason) {
    shared.metrics().delivery(trigger, reason.name().toLowerCase(Locale.ROOT));
    if (!rate(refusals, trigger)) {
      return Answer.later(429, "too many deliveries without proof").with("Retry-After", "1");
    }
    return switch (reason) {
      case UNSIGNED, WRONG -> Answer.error(401, "no trigger accepts this delivery");
      case STALE -> Answer.error(401, "the time of this delivery is too far from the server's");
    };
  }

  private boolean rate(Map<String, RateLimit> limits, String name) {
    return limits
        .computeIfAbsent(
            name, unused -> new RateLimit(shared.limits().perSecond(), System::nanoTime))
        .take();
  }

  private static Optional<String> filtered(Trigger trigger, Occurrence occurrence, JsonNode body) {
    return occurrence
        .filtered(trigger)
        .or(() -> new BodyFilter(trigger.when().body()).filtered(body));
  }

  private Answer proven(Sent sent, Trigger trigger, Proven proven) {
    JsonNode body;
    try {
      body = sent.body().length == 0 ? Answer.object() : Wire.mapper().readTree(sent.body());
    } catch (JsonProcessingException e) {
      return malformed(trigger, "the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return malformed(trigger, "the body is not JSON");
    }
    if (body == null || !body.isObject()) {
      return malformed(trigger, "the body is JSON, but no object");
    }
    Occurrence occurrence = Occurrence.of(trigger.auth(), sent, body);
    if (occurrence.events().equals(List.of("ping"))) {
      shared.metrics().delivery(trigger.name(), "ping");
      return Answer.json(200, notStarted("ping"));
    }
    Optional<String> filtered = filtered(trigger, occurrence, body);
    if (filtered.isPresent()) {
      shared.metrics().delivery(trigger.name(), "filtered");
      return Answer.json(202, notStarted(filtered.get()));
    }
    String id = proven.id().or(proven::bound).orElseGet(() -> UUID.randomUUID().toString());
    if (!id.matches("[\\x21-\\x7e]{1," + LONGEST_ID + "}")) {
      return malformed(trigger, "the id of the delivery is not 1 to 200 visible characters");
    }
    DeliveredValues values = new DeliveredValues(trigger, body);
    if (!values.problems().isEmpty()) {
      return malformed(trigger, String.join("; ", values.problems()));
    }
    return take(delivery(trigger, proven, id, sent.body(), values));
  }

  private Delivery delivery(
      Trigger trigger, Proven proven, String id, byte[] body, DeliveredValues values) {
    String prefix = trigger.name() + "/";
    return new Delivery(
        prefix + id,
        proven.bound().map(digest -> prefix + digest),
        Signatures.sha256(body),
        trigger.name(),
        trigger.run(),
        values.parameters(),
        values.commit(),
        shared.clock().instant());
  }

  private Answer malformed(Trigger trigger, String message) {
    shared.metrics().delivery(trigger.name(), "malformed");
    return Answer.error(400, message);
  }

  private static ObjectNode notStarted(String reason) {
    return Answer.object().put("started", false).put("reason", reason);
  }

  private Answer take(Delivery delivery) {
    Optional<Taken> taken = shared.book().offer(delivery);
    if (taken.isEmpty()) {
      shared.metrics().delivery(delivery.trigger(), "queue_full");
      return Answer.later(503, "too many deliveries wait for their run");
    }
    Entry entry = taken.get().entry();
    try {
      entry.kept().get(FOR_THE_DISK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.later(503, "the server stops");
    } catch (ExecutionException | TimeoutException e) {
      shared.messages().accept("a delivery cannot be written to the queue: " + e);
      shared.metrics().delivery(delivery.trigger(), "disk_failed");
      return Answer.later(503, "the delivery could not be kept");
    }
    boolean duplicate = taken.get().duplicate();
    if (duplicate && !entry.delivery().body().equals(delivery.body())) {
      shared.metrics().delivery(delivery.trigger(), "id_reused");
      return Answer.error(422, "another delivery with this id had another body");
    }
    shared.metrics().delivery(delivery.trigger(), duplicate ? "duplicate" : "accepted");
    Answer answer = Answer.json(202, told(entry));
    return duplicate ? answer.with("Lockstep-Duplicate", "true") : answer;
  }

  private ObjectNode told(Entry entry) {
    Optional<Settled> settled = settled(entry);
    String workflowId = entry.delivery().workflowId();
    ObjectNode told = Answer.object();
    told.put("started", settled.flatMap(Settled::fault).isEmpty());
    told.put("run", workflowId).put("workflowId", workflowId);
    settled.flatMap(Settled::runId).ifPresent(id -> told.put("runId", id));
    told.put("url", shared.url() + "/v1/runs/" + workflowId);
    settled.flatMap(Settled::fault).ifPresent(fault -> told.put("reason", fault));
    return told.put(
        "status",
        settled.map(it -> it.fault().isPresent() ? "failed" : "started").orElse("queued"));
  }

  private Optional<Settled> settled(Entry entry) {
    if (!shared.door().isAnswering() || !patient.tryAcquire()) {
      return settled(entry, Duration.ZERO);
    }
    try {
      return settled(entry, FOR_THE_RUN);
    } finally {
      patient.release();
    }
  }

  private static Optional<Settled> settled(Entry entry, Duration time) {
    try {
      return Optional.of(entry.settled().get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }
}
