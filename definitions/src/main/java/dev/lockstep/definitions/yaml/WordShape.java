package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One of a few words, each standing for a constant. */
final class WordShape<E extends Enum<E>> implements Shape<E> {
  private final Map<String, E> words = new LinkedHashMap<>();
  private final Function<E, String> toWord;
  private final Code code;

  private WordShape(E[] constants, Function<E, String> toWord, Code code) {
    this.toWord = toWord;
    this.code = code;
    Arrays.stream(constants).forEach(constant -> words.put(toWord.apply(constant), constant));
  }

  /** Words such as {@code noAction} for {@code NO_ACTION}. */
  static <E extends Enum<E>> WordShape<E> of(Class<E> type) {
    return new WordShape<>(type.getEnumConstants(), CamelCase::of, Code.VALUE_WRONG);
  }

  /** Words such as {@code Deployment} for {@code DEPLOYMENT}, as Kubernetes writes kinds. */
  static <E extends Enum<E>> WordShape<E> ofKinds(Class<E> type) {
    return ofKinds(type.getEnumConstants());
  }

  /** The same for some of the constants. */
  static <E extends Enum<E>> WordShape<E> ofKinds(E[] kinds) {
    return new WordShape<>(
        kinds,
        constant -> {
          String camel = CamelCase.of(constant);
          return camel.substring(0, 1).toUpperCase(Locale.ROOT) + camel.substring(1);
        },
        Code.KIND_UNKNOWN);
  }

  @Override
  public Optional<E> read(Tree tree, Path path, Problems problems) {
    if (!(tree instanceof Leaf leaf) || leaf.kind() != Kind.TEXT) {
      problems.wrong(path, tree, wanted());
      return Optional.empty();
    }
    Optional<E> constant = Optional.ofNullable(words.get(leaf.text()));
    if (constant.isEmpty()) {
      problems.add(path, code, leaf.line(), "is " + leaf.described() + "; wanted " + wanted());
    }
    return constant;
  }

  private String wanted() {
    return String.join(" or ", words.keySet());
  }

  @Override
  public JsonNode write(E value) {
    return JsonNodeFactory.instance.textNode(toWord.apply(value));
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode list = schema.putArray("enum");
    words.keySet().forEach(list::add);
    return schema;
  }
}
