package dev.lockstep.activities.notice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An Adaptive Card in the message that the workflow trigger "When a Teams webhook request is
 * received" takes. The text stands in rich text blocks, since those know no Markdown: what a
 * message holds makes no link.
 *
 * @see <a href="https://learn.microsoft.com/en-us/connectors/teams/">the trigger</a>
 * @see <a href="https://adaptivecards.io/explorer/TextRun.html">TextRun</a>
 */
final class TeamsMessage {
  private TeamsMessage() {}

  static ObjectNode of(NoticeText text) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive").putNull("contentUrl");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.2");
    ArrayNode body = card.putArray("body");
    run(body, text.title()).put("weight", "Bolder");
    run(body, text.sentence());
    text.facts().forEach((name, value) -> run(body, name + ": " + value).put("isSubtle", true));
    return message;
  }

  private static ObjectNode run(ArrayNode body, String words) {
    ObjectNode block = body.addObject().put("type", "RichTextBlock");
    return block.putArray("inlines").addObject().put("type", "TextRun").put("text", words);
  }
}
