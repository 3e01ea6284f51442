package dev.lockstep.activities.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.yaml.CamelCase;
import dev.lockstep.workflows.contract.Notice;

/**
 * A notice as a CloudEvent in the structured mode.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">1.0.2</a>
 */
final class CloudEvent {
  private CloudEvent() {}

  static ObjectNode of(NoticeText text, Receiver.CloudEvents to) {
    Notice notice = text.notice();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("specversion", "1.0").put("id", notice.id()).put("source", to.source());
    event.put("type", "dev.lockstep.run." + CamelCase.of(notice.event()));
    event.put("subject", notice.workflowId()).put("time", notice.time().toString());
    event.put("datacontenttype", "application/json");
    event.set("data", WebhookMessage.of(text));
    return event;
  }
}
