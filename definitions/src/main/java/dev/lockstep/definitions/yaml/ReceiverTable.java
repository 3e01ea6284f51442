package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.Receiver.CloudEvents;
import dev.lockstep.definitions.model.Receiver.Email;
import dev.lockstep.definitions.model.Receiver.Signature;
import dev.lockstep.definitions.model.Receiver.Slack;
import dev.lockstep.definitions.model.Receiver.Teams;
import dev.lockstep.definitions.model.Receiver.Webhook;
import dev.lockstep.definitions.model.SecretReference;
import java.util.function.Function;

/** The fields that say where notifications go. No message repeats a value. */
final class ReceiverTable {
  private ReceiverTable() {}

  static Shape<Receiver> receiver() {
    ObjectShape.Builder<Receiver> of = ObjectShape.of("Receiver", "Where notifications go.");
    Field<Receiver, Slack> slack = of.optional("slack", slack(), Narrowing.to(Slack.class));
    Field<Receiver, Teams> teams = of.optional("teams", teams(), Narrowing.to(Teams.class));
    Field<Receiver, Webhook> webhook =
        of.optional("webhook", webhook(), Narrowing.to(Webhook.class));
    Field<Receiver, CloudEvents> events =
        of.optional("cloudEvents", cloudEvents(), Narrowing.to(CloudEvents.class));
    Field<Receiver, Email> email =
        of.optional("email", EmailTable.email(), Narrowing.to(Email.class));
    return of.forms(Forms.oneOf("slack", "teams", "webhook", "cloudEvents", "email"))
        .quiet()
        .made(
            in ->
                in.maybe(slack)
                    .<Receiver>map(found -> found)
                    .or(() -> in.maybe(teams))
                    .or(() -> in.maybe(webhook))
                    .or(() -> in.maybe(events))
                    .or(() -> in.maybe(email))
                    .orElseThrow());
  }

  private static Shape<Slack> slack() {
    return one("ReceiverSlack", "An incoming webhook of Slack.", Slack::new, Slack::url);
  }

  private static Shape<Teams> teams() {
    return one(
        "ReceiverTeams",
        "A workflow of Teams that begins when a webhook request is received.",
        Teams::new,
        Teams::url);
  }

  private static <A> Shape<A> one(
      String part,
      String description,
      Function<SecretReference, A> whole,
      Function<A, SecretReference> value) {
    ObjectShape.Builder<A> of = ObjectShape.of(part, description);
    Field<A, SecretReference> url = of.required("url", url(), value);
    return of.quiet().made(in -> whole.apply(in.the(url)));
  }

  private static Shape<SecretReference> url() {
    return SecretReferenceTable.reference();
  }

  private static Shape<Webhook> webhook() {
    ObjectShape.Builder<Webhook> of =
        ObjectShape.of("ReceiverWebhook", "Anybody who takes JSON by POST.");
    Field<Webhook, SecretReference> url = of.required("url", url(), Webhook::url);
    Field<Webhook, Signature> signature = of.optional("signature", signature(), Webhook::signature);
    return of.quiet().made(in -> new Webhook(in.the(url), in.maybe(signature)));
  }

  private static Shape<Signature> signature() {
    ObjectShape.Builder<Signature> of =
        ObjectShape.of(
            "ReceiverSignature", "A signature over the time, a dot and the body, by HMAC-SHA256.");
    Field<Signature, String> header =
        of.defaulting(
            "header",
            Texts.header().described("Gets sha256= and the signature in hexadecimal digits."),
            Signature.USUAL_HEADER,
            Signature::header);
    Field<Signature, String> timestampHeader =
        of.defaulting(
            "timestampHeader",
            Texts.header().described("Gets the time of sending in seconds since 1970, UTC."),
            Signature.USUAL_TIMESTAMP_HEADER,
            Signature::timestampHeader);
    Field<Signature, SecretReference> secret =
        of.required("secret", SecretReferenceTable.reference(), Signature::secret);
    return of.quiet()
        .made(in -> new Signature(in.the(header), in.the(timestampHeader), in.the(secret)));
  }

  private static Shape<CloudEvents> cloudEvents() {
    ObjectShape.Builder<CloudEvents> of =
        ObjectShape.of("ReceiverCloudEvents", "Anybody who takes CloudEvents 1.0 over HTTP.");
    Field<CloudEvents, SecretReference> url = of.required("url", url(), CloudEvents::url);
    Field<CloudEvents, String> source =
        of.defaulting(
            "source",
            TextShape.of("a URI reference, such as /lockstep")
                .described("The attribute source of every event."),
            CloudEvents.USUAL_SOURCE,
            CloudEvents::source);
    return of.quiet().made(in -> new CloudEvents(in.the(url), in.the(source)));
  }
}
