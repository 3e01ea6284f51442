package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;

/** Documents with one mistake in a notification. */
final class BadNotification {
  static final String WEBHOOK =
      """
      apiVersion: lockstep.dev/v1
      kind: Notification
      metadata: {name: good-webhook}
      spec:
        of: [{kind: Backup, name: of-shop}]
        on: [held, failed]
        to:
          webhook:
            url: {env: HOOK_URL}
            signature: {header: X-Signature, timestampHeader: X-Time, secret: {env: HOOK_KEY}}
        template: "${run} is ${state}"
      """;

  static final String EVENTS =
      """
      apiVersion: lockstep.dev/v1
      kind: Notification
      metadata: {name: good-events}
      spec:
        to: {cloudEvents: {url: {file: /etc/url}, source: "urn:example:shop"}}
      """;

  static final String EMAIL =
      """
      apiVersion: lockstep.dev/v1
      kind: Notification
      metadata: {name: good-email}
      spec:
        to:
          email:
            server: {host: mail.example.org, port: 465, tls: implicit}
            from: lockstep@example.org
            to: [ops@example.org]
            credentials: {username: {env: MAIL_USER}, password: {env: MAIL_PASSWORD}}
      """;

  private BadNotification() {}

  static List<BadDocument> all() {
    Bad bad = new Bad(WEBHOOK, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(WEBHOOK, SeenBy.CHECKS);
    Bad events = new Bad(EVENTS, SeenBy.CHECKS);
    Bad email = new Bad(EMAIL, SeenBy.READER_AND_SCHEMA);
    Bad mailed = new Bad(EMAIL, SeenBy.CHECKS);
    return List.of(
        bad.replace("[held, failed]", "[sad]").gives("VALUE_WRONG spec.on[0]"),
        bad.replace("kind: Backup", "kind: Store").gives("KIND_UNKNOWN spec.of[0].kind"),
        bad.replace("url: {env: HOOK_URL}", "url: \"https://example.org/hunter2\"")
            .gives("VALUE_WRONG spec.to.webhook.url"),
        bad.replace("secret: {env: HOOK_KEY}", "secret: hunter2")
            .gives("VALUE_WRONG spec.to.webhook.signature.secret"),
        email.replace("tls: implicit", "tls: maybe").gives("VALUE_WRONG spec.to.email.server.tls"),
        email.replace("[ops@example.org]", "[]").gives("VALUE_WRONG spec.to.email.to"),
        email
            .replace("password: {env: MAIL_PASSWORD}", "password: hunter2")
            .gives("VALUE_WRONG spec.to.email.credentials.password"),
        checked.replace("of-shop", "nothing").gives("REFERENCE_UNKNOWN spec.of[0].name"),
        checked.replace("${state}", "${mood}").gives("VALUE_WRONG spec.template"),
        checked.replace("${state}", "${state").gives("VALUE_WRONG spec.template"),
        new Bad(WEBHOOK, SeenBy.CHECKS_AND_SCHEMA)
            .replace("header: X-Signature", "header: \"X Signature\"")
            .gives("VALUE_WRONG spec.to.webhook.signature.header"),
        checked
            .replace("X-Time", "x-signature")
            .gives("CHOICE_WRONG spec.to.webhook.signature.timestampHeader"),
        events.replace("urn:example:shop", "a b").gives("VALUE_WRONG spec.to.cloudEvents.source"),
        email.replace("port: 465", "port: 70000").gives("VALUE_WRONG spec.to.email.server.port"),
        mailed
            .replace("from: lockstep@example.org", "from: lockstep")
            .gives("VALUE_WRONG spec.to.email.from"),
        mailed.replace("[ops@example.org]", "[ops]").gives("VALUE_WRONG spec.to.email.to[0]"),
        mailed
            .replace("tls: implicit", "tls: none")
            .gives("CHOICE_WRONG spec.to.email.server.tls"));
  }
}
