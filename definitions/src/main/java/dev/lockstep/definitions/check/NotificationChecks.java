package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.MessageTemplate;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.Receiver.Tls;
import dev.lockstep.definitions.model.Subject;
import java.util.List;
import java.util.regex.Pattern;

/** What a notification's spec must keep. */
final class NotificationChecks {
  /** No more than what tells an address from a name: servers refuse the rest with better words. */
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>,;]+@[^@\\s<>,;]+");

  /**
   * The characters of one, whatever their order.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2">RFC 3986, section 2</a>
   */
  private static final Pattern URI_REFERENCE =
      Pattern.compile("[-A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%]+");

  private final Notification notification;
  private final Known known;
  private final List<Problem> problems;

  NotificationChecks(Notification notification, Known known, List<Problem> problems) {
    this.notification = notification;
    this.known = known;
    this.problems = problems;
  }

  void check() {
    for (int i = 0; i < notification.of().size(); i++) {
      Subject subject = notification.of().get(i);
      known.refer(
          subject.kind().type(),
          new Reference("spec.of[" + i + "].name", subject.name(), problems));
    }
    notification.template().ifPresent(this::template);
    if (notification.to() instanceof Receiver.Webhook webhook) {
      webhook
          .signature()
          .ifPresent(
              signature ->
                  new HeaderChecks(problems)
                      .check(
                          "spec.to.webhook.signature",
                          signature.header(),
                          signature.timestampHeader()));
    }
    if (notification.to() instanceof Receiver.CloudEvents events) {
      source(events.source());
    }
    if (notification.to() instanceof Receiver.Email email) {
      email(email);
    }
  }

  private void template(String text) {
    for (String unknown : MessageTemplate.unknown(text)) {
      wrong(
          "spec.template",
          "has the variable `${%s}`, which is not known; known: %s"
              .formatted(unknown, String.join(", ", MessageTemplate.VARIABLES)));
    }
  }

  private void source(String source) {
    if (!URI_REFERENCE.matcher(source).matches()) {
      wrong(
          "spec.to.cloudEvents.source",
          "is `" + source + "`; wanted a URI reference, such as /lockstep or urn:example:lockstep");
    }
  }

  private void email(Receiver.Email email) {
    address("spec.to.email.from", email.from());
    for (int i = 0; i < email.to().size(); i++) {
      address("spec.to.email.to[" + i + "]", email.to().get(i));
    }
    if (email.login().isPresent() && email.server().tls() == Tls.NONE) {
      problems.add(
          Problem.at(
              "spec.to.email.server.tls",
              Code.CHOICE_WRONG,
              "is none, and credentials would be readable on their way; wanted startTls or"
                  + " implicit, or no credentials"));
    }
  }

  private void address(String path, String address) {
    if (!ADDRESS.matcher(address).matches()) {
      wrong(path, "is `" + address + "`; wanted an address, such as ops@example.org");
    }
  }

  private void wrong(String path, String message) {
    problems.add(Problem.at(path, Code.VALUE_WRONG, message));
  }
}
