package dev.lockstep.activities.notice;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.workflows.contract.Delivery;
import dev.lockstep.workflows.contract.Notice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Notices and who sends them. */
final class Sample {
  static final SecretReference URL = new SecretReference.Variable("URL");
  static final SecretReference KEY = new SecretReference.Variable("KEY");
  static final SecretReference USER = new SecretReference.Variable("USER");
  static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

  private Sample() {}

  static ReceiverNoticeActivities sender(String url) {
    return sender(url, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  static ReceiverNoticeActivities sender(String url, SSLSocketFactory trust) {
    Map<SecretReference, String> secrets = Map.of(URL, url, KEY, "hunter2", USER, "lockstep");
    return new ReceiverNoticeActivities(
        name -> Objects.requireNonNull(secrets.get(name)),
        Clock.fixed(NOW, ZoneOffset.UTC),
        Duration.ofSeconds(2),
        trust);
  }

  static Delivery delivery(Receiver to) {
    return delivery(to, Optional.empty());
  }

  static Delivery delivery(Receiver to, Optional<String> template) {
    Notice notice =
        new Notice(
            "migration/wide/notice/1-1",
            Notification.Event.HELD,
            "wide/1",
            "migration/wide",
            new Subject(Subject.Kind.MIGRATION, "wide"),
            "shop",
            "migrate",
            "held by ROWS_DIFFER: <!channel> & [x](http://x) ${run}",
            List.of("retry", "abort"),
            NOW);
    return new Delivery(
        new Notification("ops", List.of(), Notification.USUAL_EVENTS, to, template), notice);
  }
}
