package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Writes a JSON value as YAML: blocks, and quotes where a text would be taken for something else.
 */
final class YamlText {
  /**
   * Texts that may stand without quotes as far as their letters go; where a text may not for
   * another reason, the emitter quotes it. Other line breaks than {@code \n} would be read back as
   * such.
   */
  private static final Pattern SAFE = Pattern.compile("[\\p{L}\\p{N}\\p{Punct} \n]*");

  private YamlText() {}

  static String of(JsonNode node) {
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    StringWriter text = new StringWriter();
    new Yaml(options).serialize(node(node), text);
    return text.toString();
  }

  private static Node node(JsonNode node) {
    if (node.isObject()) {
      List<NodeTuple> fields = new ArrayList<>();
      node.properties()
          .forEach(
              field -> fields.add(new NodeTuple(text(field.getKey()), node(field.getValue()))));
      return new MappingNode(Tag.MAP, fields, flow(fields));
    }
    if (node.isArray()) {
      List<Node> items = new ArrayList<>();
      node.forEach(item -> items.add(node(item)));
      return new SequenceNode(Tag.SEQ, items, flow(items));
    }
    return node.isTextual() ? text(node.asText()) : bare(node);
  }

  private static FlowStyle flow(List<?> content) {
    return content.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }

  private static Node bare(JsonNode node) {
    Tag tag = node.isBoolean() ? Tag.BOOL : node.isIntegralNumber() ? Tag.INT : Tag.FLOAT;
    return new ScalarNode(tag, node.asText(), null, null, ScalarStyle.PLAIN);
  }

  private static Node text(String text) {
    return new ScalarNode(Tag.STR, text, null, null, style(text));
  }

  private static ScalarStyle style(String text) {
    boolean plain = Scalars.kindOf(text) == Tree.Kind.TEXT && SAFE.matcher(text).matches();
    if (!plain) {
      return ScalarStyle.DOUBLE_QUOTED;
    }
    if (text.endsWith("\n\n")) {
      // At the end of a document the emitter adds another line break to a block that keeps them.
      return ScalarStyle.DOUBLE_QUOTED;
    }
    return text.indexOf('\n') >= 0 ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
  }
}
