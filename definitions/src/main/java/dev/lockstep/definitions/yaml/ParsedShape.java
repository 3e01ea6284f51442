package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.Rate;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A value with a written form of its own.
 *
 * @param wanted what a message asks for
 * @param pattern what an editor is told
 */
record ParsedShape<T>(
    String wanted,
    Pattern pattern,
    Function<String, Optional<T>> parser,
    Function<T, String> writer)
    implements Shape<T> {
  static ParsedShape<Duration> duration() {
    return new ParsedShape<>(
        Durations.WANTED, Durations.PATTERN, Durations::read, Durations::write);
  }

  static ParsedShape<Rate> rate() {
    return new ParsedShape<>(Rates.WANTED, Rates.PATTERN, Rates::read, Rate::toString);
  }

  static ParsedShape<ByteCount> size() {
    return new ParsedShape<>(Sizes.WANTED, Sizes.PATTERN, Sizes::read, ByteCount::toString);
  }

  static ParsedShape<ByteRate> sizeRate() {
    return new ParsedShape<>(
        Sizes.RATE_WANTED, Sizes.RATE_PATTERN, Sizes::readRate, ByteRate::toString);
  }

  @Override
  public Optional<T> read(Tree tree, Path path, Problems problems) {
    Optional<T> value =
        tree instanceof Leaf leaf && leaf.kind() == Kind.TEXT
            ? parser.apply(leaf.text())
            : Optional.empty();
    if (value.isEmpty()) {
      problems.wrong(path, tree, wanted);
    }
    return value;
  }

  @Override
  public JsonNode write(T value) {
    return JsonNodeFactory.instance.textNode(writer.apply(value));
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "string")
        .put("pattern", pattern.pattern());
  }
}
