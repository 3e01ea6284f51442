package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.MessageTemplate;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Notification.Event;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.Subject;
import java.util.List;

/** The fields of a notification's {@code spec}. */
final class NotificationTable {
  private NotificationTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Notification> spec() {
    ObjectShape.Builder<Notification> of =
        ObjectShape.of("NotificationSpec", "Who is told of what becomes of runs.");
    Field<Notification, List<Subject>> subjects =
        of.defaulting(
            "of",
            new ListShape<>(
                    SubjectTable.subject(
                        "NotificationSubject",
                        "A definition whose runs are told of.",
                        Subject.Kind.values()),
                    "a list of definitions",
                    1)
                .described("The definitions whose runs are told of; left out: every one."),
            List.of(),
            Notification::of);
    Field<Notification, List<Event>> on =
        of.defaulting(
            "on",
            new ListShape<>(WordShape.of(Event.class), "a list of events", 1)
                .described(
                    "What is told; left out: everything but started, paused and rollingBack."),
            Notification.USUAL_EVENTS,
            Notification::on);
    Field<Notification, Receiver> to =
        of.required("to", ReceiverTable.receiver(), Notification::to);
    Field<Notification, String> template =
        of.optional(
            "template",
            TextShape.of("a sentence with variables, such as " + MessageTemplate.USUAL)
                .described("The sentence; variables: " + variables() + "."),
            Notification::template);
    return of.made(
        in -> new Notification("", in.the(subjects), in.the(on), in.the(to), in.maybe(template)));
  }

  static Notification named(String name, Notification spec) {
    return new Notification(name, spec.of(), spec.on(), spec.to(), spec.template());
  }

  private static String variables() {
    return String.join(
        ", ", MessageTemplate.VARIABLES.stream().map(it -> "${" + it + "}").toList());
  }
}
