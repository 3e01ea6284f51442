package dev.lockstep.activities.notice;

import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.workflows.contract.Delivery;
import dev.lockstep.workflows.contract.NoticeActivities;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;

/** Sends notices. Works inside and outside of an activity. */
public final class ReceiverNoticeActivities implements NoticeActivities {
  private final Function<SecretReference, String> secrets;
  private final Clock clock;
  private final HttpPost post;
  private final MailPost mail;

  /**
   * Sends.
   *
   * @param secrets reads a value anew at each call; its failures name places, not values
   * @param patience with one receiver; an activity gets a little more
   */
  public ReceiverNoticeActivities(
      Function<SecretReference, String> secrets, Clock clock, Duration patience) {
    this(secrets, clock, patience, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /** The same with others that servers of mail are believed. */
  ReceiverNoticeActivities(
      Function<SecretReference, String> secrets,
      Clock clock,
      Duration patience,
      SSLSocketFactory trust) {
    this.secrets = secrets;
    this.clock = clock;
    this.post = new HttpPost(patience, clock);
    this.mail = new MailPost(patience, trust);
  }

  @Override
  public void deliver(Delivery delivery) {
    delivery.notification().to().accept(new Sending(delivery));
  }

  private final class Sending implements Receiver.Visitor<Boolean> {
    private final NoticeText text;
    private final String who;

    Sending(Delivery delivery) {
      this.text = NoticeText.of(delivery);
      this.who = "the receiver of notification " + delivery.notification().name();
    }

    @Override
    public Boolean slack(Receiver.Slack slack) {
      return post(slack.url(), Body.json(SlackMessage.of(text)));
    }

    @Override
    public Boolean teams(Receiver.Teams teams) {
      return post(teams.url(), Body.json(TeamsMessage.of(text)));
    }

    @Override
    public Boolean webhook(Receiver.Webhook webhook) {
      Body plain = Body.json(WebhookMessage.of(text));
      return post(webhook.url(), webhook.signature().map(it -> signed(plain, it)).orElse(plain));
    }

    @Override
    public Boolean cloudEvents(Receiver.CloudEvents events) {
      return post(
          events.url(), Body.of("application/cloudevents+json", CloudEvent.of(text, events)));
    }

    @Override
    public Boolean email(Receiver.Email email) {
      mail.send(who, new MailPost.Mail(email, login(email), text));
      return true;
    }

    private boolean post(SecretReference url, Body body) {
      post.send(who, secrets.apply(url), body);
      return true;
    }

    private Body signed(Body body, Receiver.Signature signature) {
      String time = Long.toString(clock.instant().getEpochSecond());
      String sum = Hmac.sha256(secrets.apply(signature.secret()), time + "." + body.text());
      return body.with(
          Map.of(signature.header(), "sha256=" + sum, signature.timestampHeader(), time));
    }

    private MailPost.Login login(Receiver.Email email) {
      return email
          .login()
          .map(it -> new MailPost.Login(secrets.apply(it.username()), secrets.apply(it.password())))
          .orElse(MailPost.Login.NONE);
    }
  }
}
