package dev.lockstep.activities.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;

/**
 * A message for an incoming webhook of Slack: {@code text} for the alert, blocks for the channel.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">escaping</a>
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks/section-block">limit of a
 *     section</a>
 */
final class SlackMessage {
  /** Of 3,000 that a section may have; each character becomes five at most. */
  private static final int MOST = 600;

  private SlackMessage() {}

  static ObjectNode of(NoticeText text) {
    String sentence = escaped(text.sentence());
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("text", sentence);
    section(message, sentence);
    String facts =
        text.facts().entrySet().stream()
            .map(fact -> fact.getKey() + ": " + escaped(fact.getValue()))
            .collect(Collectors.joining("  |  "));
    ObjectNode context = message.withArray("blocks").addObject().put("type", "context");
    context.putArray("elements").addObject().put("type", "mrkdwn").put("text", facts);
    return message;
  }

  private static void section(ObjectNode message, String sentence) {
    ObjectNode section = message.putArray("blocks").addObject().put("type", "section");
    section.putObject("text").put("type", "mrkdwn").put("text", sentence);
  }

  /** Unescaped, a name in angle brackets would call everybody in the channel. */
  static String escaped(String text) {
    String cut = text.length() <= MOST ? text : text.substring(0, MOST - 1) + "…";
    return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
