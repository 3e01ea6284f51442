package dev.lockstep.activities.notice;

import dev.lockstep.definitions.model.MessageTemplate;
import dev.lockstep.definitions.model.Notification.Event;
import dev.lockstep.workflows.contract.Delivery;
import dev.lockstep.workflows.contract.Notice;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A notice in words.
 *
 * @param title short, one line
 * @param sentence by the template
 * @param facts what is known beside it, by name, in the order in which it is shown; none is empty
 */
record NoticeText(Notice notice, String title, String sentence, Map<String, String> facts) {
  static NoticeText of(Delivery delivery) {
    Notice notice = delivery.notice();
    Map<String, String> values = values(notice);
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name : new String[] {"database", "phase", "decisions", "time"}) {
      String value = values.getOrDefault(name, "");
      if (!value.isEmpty()) {
        facts.put(name, value);
      }
    }
    return new NoticeText(
        notice,
        notice.run() + " is " + words(notice.event()),
        MessageTemplate.fill(
            delivery.notification().template().orElse(MessageTemplate.USUAL), values),
        facts);
  }

  private static String words(Event event) {
    return event.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Map<String, String> values(Notice notice) {
    return Map.of(
        "run", notice.run(),
        "kind", notice.subject().kind().title(),
        "name", notice.subject().name(),
        "database", notice.database(),
        "state", words(notice.event()),
        "phase", notice.phase(),
        "message", notice.message(),
        "decisions", String.join(", ", notice.decisions()),
        "time", notice.time().toString());
  }
}
