package dev.lockstep.activities.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.yaml.CamelCase;
import dev.lockstep.workflows.contract.Notice;

/** A notice as JSON for programs; what is not known is left out. */
final class WebhookMessage {
  private WebhookMessage() {}

  static ObjectNode of(NoticeText text) {
    Notice notice = text.notice();
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("id", notice.id()).put("event", CamelCase.of(notice.event()));
    message.put("run", notice.run()).put("workflowId", notice.workflowId());
    message.put("kind", notice.subject().kind().title()).put("name", notice.subject().name());
    put(message, "database", notice.database());
    put(message, "phase", notice.phase());
    message.put("message", notice.message()).put("text", text.sentence());
    notice.decisions().forEach(message.putArray("decisions")::add);
    return message.put("time", notice.time().toString());
  }

  private static void put(ObjectNode message, String field, String value) {
    if (!value.isEmpty()) {
      message.put(field, value);
    }
  }
}
