package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text that is not blank.
 *
 * @param wanted what a message asks for, such as {@code the name of a table}
 * @param kinds what else is taken as text, unquoted
 * @param pattern what an editor is told; the checks of the model enforce it
 */
record TextShape(String wanted, Set<Kind> kinds, Optional<Pattern> pattern)
    implements Shape<String> {
  /** Characters that no YAML file and no database can hold. */
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  /** A text; a number or {@code true} needs quotes. */
  static TextShape of(String wanted) {
    return new TextShape(wanted, Set.of(Kind.TEXT), Optional.empty());
  }

  /** A text that may also be written as a bare number or flag. */
  static TextShape orScalar(String wanted) {
    return new TextShape(wanted, Set.of(Kind.TEXT, Kind.NUMBER, Kind.FLAG), Optional.empty());
  }

  TextShape hinting(Pattern pattern) {
    return new TextShape(wanted, kinds, Optional.of(pattern));
  }

  @Override
  public Optional<String> read(Tree tree, Path path, Problems problems) {
    if (!(tree instanceof Leaf leaf) || !kinds.contains(leaf.kind())) {
      boolean unquoted =
          tree instanceof Leaf bare && (bare.kind() == Kind.NUMBER || bare.kind() == Kind.FLAG);
      problems.wrong(path, tree, unquoted ? wanted + ", in quotes" : wanted);
      return Optional.empty();
    }
    if (leaf.text().isBlank()) {
      problems.add(path, Code.VALUE_WRONG, leaf.line(), "is blank; wanted " + wanted);
      return Optional.empty();
    }
    if (UNSTORABLE.matcher(leaf.text()).find()) {
      problems.add(
          path, Code.VALUE_WRONG, leaf.line(), "has a character that no database can store");
      return Optional.empty();
    }
    return Optional.of(leaf.text());
  }

  @Override
  public JsonNode write(String value) {
    return JsonNodeFactory.instance.textNode(value);
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    if (kinds.size() == 1) {
      schema.put("type", "string");
    } else {
      schema.putArray("type").add("string").add("number").add("boolean");
    }
    return schema.put("pattern", pattern.map(Pattern::pattern).orElse("\\S"));
  }
}
